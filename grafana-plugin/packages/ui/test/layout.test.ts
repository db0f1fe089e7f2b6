import { describe, expect, it } from 'vitest';
import { layOut } from '../src/layout/layout';
import { CELL, type LayoutInput, type Position } from '../src/layout/types';

function input(nodes: [id: string, group?: string][], edges: [string, string][]): LayoutInput {
  return {
    nodes: nodes.map(([id, group]) => ({ id, group: group ?? '' })),
    edges: edges.map(([source, target]) => ({ id: `${source}!${target}`, source, target })),
    aspect: 1.5,
  };
}

function noneOverlap(positions: Record<string, Position>): boolean {
  const all = Object.values(positions);
  return all.every((a, i) =>
    all
      .slice(i + 1)
      .every(
        (b) =>
          Math.abs(a[0] - b[0]) > CELL.width * 0.7 || Math.abs(a[1] - b[1]) > CELL.height * 0.7,
      ),
  );
}

describe('the layout', () => {
  it('puts callers left of callees', () => {
    const { positions } = layOut(
      input(
        [['a'], ['b'], ['c']],
        [
          ['a', 'b'],
          ['b', 'c'],
        ],
      ),
    );
    expect(positions.a![0]).toBeLessThan(positions.b![0]);
    expect(positions.b![0]).toBeLessThan(positions.c![0]);
  });

  it('gives every node a place of its own', () => {
    const nodes: [string, string][] = [];
    const edges: [string, string][] = [];
    for (let i = 0; i < 120; i++) {
      nodes.push([`n${i}`, `host-${i % 4}`]);
      if (i % 3 > 0) edges.push([`n${i}`, `n${Math.floor(i / 3)}`]);
    }
    const { positions, method } = layOut(input(nodes, edges));
    expect(Object.keys(positions)).toHaveLength(120);
    expect(method).toBe('tidy');
    expect(noneOverlap(positions)).toBe(true);
  });

  it('gives the same picture for the same graph, in whatever order it comes', () => {
    const nodes: [string, string][] = [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'y'],
      ['d', ''],
      ['e', ''],
    ];
    const edges: [string, string][] = [
      ['a', 'b'],
      ['b', 'c'],
      ['d', 'a'],
    ];
    expect(layOut(input([...nodes].reverse(), edges)).positions).toEqual(
      layOut(input(nodes, edges)).positions,
    );
  });

  it('keeps hulls apart', () => {
    const nodes: [string, string][] = [];
    const edges: [string, string][] = [];
    for (let i = 0; i < 60; i++) {
      nodes.push([`n${String(i).padStart(2, '0')}`, `host-${i % 3}`]);
      edges.push([`n${String(i).padStart(2, '0')}`, `n${String((i * 7) % 60).padStart(2, '0')}`]);
    }
    const { positions } = layOut(input(nodes, edges));
    const hulls = [0, 1, 2].map((group) => {
      const own = nodes
        .filter(([, name]) => name === `host-${group}`)
        .map(([id]) => positions[id]!);
      return {
        left: Math.min(...own.map((at) => at[0])) - CELL.width / 2,
        right: Math.max(...own.map((at) => at[0])) + CELL.width / 2,
        top: Math.min(...own.map((at) => at[1])) - CELL.centre,
        bottom: Math.max(...own.map((at) => at[1])) + CELL.height - CELL.centre,
      };
    });
    for (const [i, a] of hulls.entries()) {
      for (const b of hulls.slice(i + 1)) {
        const apart = a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
        expect(apart).toBe(true);
      }
    }
  });

  it('stands workers of one server as a block, not as a tower', () => {
    const nodes: [string][] = [
      ['server'],
      ...Array.from({ length: 30 }, (_, i) => [`w${i}`] as [string]),
    ];
    const edges = nodes.slice(1).map(([id]) => ['server', id] as [string, string]);
    const { positions } = layOut(input(nodes, edges));
    const ys = Object.values(positions).map((at) => at[1]);
    expect(Math.max(...ys) - Math.min(...ys)).toBeLessThan(10 * CELL.height);
    expect(noneOverlap(positions)).toBe(true);
  });

  it('packs nodes without edges into a block', () => {
    const nodes = Array.from({ length: 100 }, (_, i) => [`n${i}`, 'host'] as [string, string]);
    const { positions } = layOut(input(nodes, []));
    const xs = Object.values(positions).map((at) => at[0]);
    const ys = Object.values(positions).map((at) => at[1]);
    const aspect = (Math.max(...xs) - Math.min(...xs)) / (Math.max(...ys) - Math.min(...ys));
    expect(aspect).toBeGreaterThan(0.8);
    expect(aspect).toBeLessThan(4);
  });

  it('says so when a graph is too large for the tidy way', () => {
    const nodes = Array.from({ length: 1000 }, (_, i) => [`n${i}`] as [string]);
    const edges = nodes
      .slice(1)
      .map(([id], i) => [`n${Math.floor(i / 4)}`, id] as [string, string]);
    const { method, positions } = layOut(input(nodes, edges));
    expect(method).toBe('fast');
    expect(noneOverlap(positions)).toBe(true);
  });

  it('leads no edge of a block along the way to the middle of the block', () => {
    const workers = Array.from({ length: 9 }, (_, i) => `w${i}`);
    const nodes = ['in', 'a', 'b', 'c', 'out', ...workers].map((id) => [id] as [string]);
    const edges: [string, string][] = [
      ['in', 'a'],
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'out'],
      ...workers.flatMap((id): [string, string][] => [
        ['in', id],
        [id, 'out'],
      ]),
    ];
    const { routes } = layOut(input(nodes, edges));
    expect(Object.keys(routes).filter((id) => /w\d/.test(id))).toEqual([]);
  });
});
