import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ViewInfo } from '../src/api/types';
import { CalledAs } from '../src/components/CalledAs';
import * as format from '../src/format';
import { nothingIsKnown } from '../src/graph/known';
import { programOf } from '../src/graph/program';
import { Live } from '../src/live';
import { readLocation, viewKey, writeLocation } from '../src/location';
import { matchesOf } from '../src/search/match';
import { delta, node, snapshot } from './fixtures';

describe('a link', () => {
  it('says everything, and reads back the same', () => {
    const location = {
      view: 'processes-by-name',
      options: { unconnected: 'show', system: 'only' },
      as: 'table' as const,
      ring: 'memory',
      q: 'nginx worker',
      node: 'process~6f=20~4711~b00-1',
      edge: undefined,
      within: 'host~6f',
    };
    const text = writeLocation(location);
    expect(readLocation(text)).toEqual(location);
    expect(text).toContain('process~6f');
  });

  it('is short where everything is as usual', () => {
    expect(writeLocation(readLocation('?view=processes&ring=cpu&as=map'))).toBe('?view=processes');
  });

  it('names a view with its options in one order', () => {
    expect(viewKey('hosts', {})).toBe('hosts');
    expect(viewKey('hosts', { b: '2', a: '1' })).toBe('hosts?a=1&b=2');
  });
});

describe('numbers', () => {
  it.each([
    [format.bytes(0), '0 B'],
    [format.bytes(1023), '1 KiB'],
    [format.bytes(125829120), '120 MiB'],
    [format.bytes(null), '–'],
    [format.bytesPerSecond(12000), '12 KiB/s'],
    [format.rate(0), '0'],
    [format.rate(0.004), '<0.01'],
    [format.rate(118.4), '118'],
    [format.rate(12345), '12k'],
    [format.duration(0.0011), '1.1 ms'],
    [format.duration(0.0004), '400 µs'],
    [format.duration(90), '90 s'],
    [format.duration(7500), '2 h'],
    [format.cores(0.624), '0.62 cores'],
    [format.cores(1), '1 core'],
    [format.cores(0.0841), '0.08 cores'],
    [format.attribute('vm-1'), 'vm-1'],
    [format.ago(400), '0.4 s ago'],
    [format.ago(61_000), '61 s ago'],
    [format.trouble(0.4), '▲ 0.4'],
    [format.trouble(0), '0'],
    [format.trouble(null), '–'],
    [format.port(443), '443'],
    [format.port(0), '–'],
    [format.ports([0, 80, 443]), ':80 :443'],
    [format.ports([1, 2, 3, 4, 5, 6, 7, 8]), ':1 :2 :3 :4 :5 :6 +2'],
    [format.measured(0.5, '1'), '50 %'],
    [format.measured(1.2, '{connection}/s'), '1.2/s'],
  ])('reads %s', (text, expected) => expect(text).toBe(expected));
});

describe('a time among the attributes', () => {
  it('is said by the clock of this machine, and how long ago it was', () => {
    const started = new Date(2026, 10, 22, 14, 12, 7);
    expect(format.attribute(started.toISOString(), started.getTime() + 200_000)).toBe(
      '22 Nov 2026, 14:12:07 (3 min ago)',
    );
  });
});

describe('what a server was called as', () => {
  const shown = (...addresses: string[]) =>
    renderToStaticMarkup(createElement(CalledAs, { addresses }));

  it('is shown where clients connected to another address than its own', () => {
    expect(shown('10.96.0.10:80')).toContain('>called as 10.96.0.10:80<');
    expect(shown()).toBe('');
  });

  it('is cut where there is much of it, and is there as a whole when pointed at', () => {
    const many = shown('10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80', '[fd00::1]:80');
    expect(many).toContain('>called as 10.0.0.1:80, 10.0.0.2:80 +2<');
    expect(many).toContain('10.0.0.3:80, [fd00::1]:80"');
  });
});

describe('the full name of a program', () => {
  const named = (label: string, program?: string) =>
    node('a', { label, attributes: program ? { 'process.executable.name': program } : {} });

  it('is told where the label is only its end', () => {
    expect(programOf(named('Kafka', 'kafka.Kafka'))).toBe('kafka.Kafka');
    expect(programOf(named('nginx', 'nginx'))).toBeUndefined();
    expect(programOf(named('app.py', 'python3.12'))).toBeUndefined();
    expect(programOf(named('Internet'))).toBeUndefined();
  });
});

describe('the list of views', () => {
  const view = (nodes: number, hidden: number) => ({
    id: 'processes',
    label: 'Processes',
    group: 'runtime',
    parent: null,
    stats: { nodes, edges: 0, hidden },
    options: [],
  });
  const list = (...views: ViewInfo[]) => ({ revision: 'e:1', views });

  it('says whether anything is known, be it hidden', () => {
    expect(nothingIsKnown(list())).toBe(true);
    expect(nothingIsKnown(list(view(0, 0), view(0, 0)))).toBe(true);
    expect(nothingIsKnown(list(view(0, 0), view(0, 3)))).toBe(false);
    expect(nothingIsKnown(list(view(2, 0)))).toBe(false);
  });
});

describe('the search', () => {
  const nodes = [
    node('a', { label: 'nginx', attributes: { 'process.command_line': 'nginx: worker process' } }),
    node('b', { label: 'postgres', sublabel: 'data-1:5432' }),
  ];

  it('finds all words, in whatever case, in label, sublabel and attributes', () => {
    expect(matchesOf(nodes, 'WORKER nginx')).toEqual(new Set(['a']));
    expect(matchesOf(nodes, '5432')).toEqual(new Set(['b']));
    expect(matchesOf(nodes, 'nginx postgres')).toEqual(new Set());
  });

  it('is no search while nothing is typed', () => {
    expect(matchesOf(nodes, '  ')).toBeUndefined();
  });
});

describe('what a page knows', () => {
  function watched() {
    const asked: (string | null)[] = [];
    const live = new Live(() => 1000);
    live.attach({
      watch: (view) => void asked.push(view),
      retry: () => undefined,
      close: () => undefined,
    });
    live.watch('processes');
    live.receive({ type: 'snapshot', view: 'processes', snapshot: snapshot() });
    return { live, asked };
  }
  const change = delta('e:1', 'e:2', { nodes: { add: [node('c')], update: [], remove: [] } });

  it('follows the deltas of its view and no other', () => {
    const { live } = watched();
    live.receive({ type: 'delta', view: 'hosts', delta: change });
    expect(live.current().graph?.nodes.size).toBe(2);
    live.receive({ type: 'delta', view: 'processes', delta: change });
    expect(live.current().graph?.nodes.size).toBe(3);
  });

  it('stands still while paused, counts what it misses, and catches up', () => {
    const { live, asked } = watched();
    live.pause(true);
    live.receive({ type: 'delta', view: 'processes', delta: change });
    expect(live.current().graph?.nodes.size).toBe(2);
    expect(live.current().missed).toBe(1);
    live.pause(false);
    expect(asked).toEqual(['processes', 'processes']);
    expect(live.current().missed).toBe(0);
  });

  it('asks for a snapshot when a change is missing', () => {
    const { live, asked } = watched();
    live.receive({ type: 'delta', view: 'processes', delta: delta('e:9', 'e:10') });
    expect(asked).toEqual(['processes', 'processes']);
  });
});
