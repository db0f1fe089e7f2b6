/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>('../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

function importsOf(folder: string): { file: string; from: string }[] {
  return Object.entries(sources)
    .filter(([file]) => file.startsWith(`../src/${folder}`))
    .flatMap(([file, text]) =>
      [...text.matchAll(/from '([^']+)'/g)].map(([, from = '']) => ({ file, from })),
    );
}

describe('the shared components', () => {
  it('know nothing of Grafana', () => {
    expect(importsOf('').length).toBeGreaterThan(50);
    expect(importsOf('').filter(({ from }) => from.startsWith('@grafana/'))).toEqual([]);
  });

  it.each(['api', 'graph', 'stream', 'layout', 'map', 'search'])(
    'keep React out of %s, which must run in a worker and in tests',
    (folder) => {
      const forbidden = /^react|components\//;
      expect(importsOf(`${folder}/`).filter(({ from }) => forbidden.test(from))).toEqual([]);
    },
  );
});
