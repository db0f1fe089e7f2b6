import { describe, expect, it } from 'vitest';
import { fromSnapshot } from '../src/graph/graph';
import type { Position } from '../src/layout/types';
import { fit, zoomAt } from '../src/map/camera';
import { curveBetween, distanceTo, pointOn } from '../src/map/curve';
import { edgeAt, nodeAt, placeOfEdge } from '../src/map/hits';
import { cut, overlap, Room, type Rect } from '../src/map/labels';
import { light } from '../src/map/lighting';
import { ringScale, troubleOf } from '../src/map/rings';
import { roleOf } from '../src/map/roles';
import { Scene } from '../src/map/scene';
import { Steering } from '../src/map/steering';
import { walk } from '../src/map/walk';
import { edge, node, snapshot } from './fixtures';

function scene(positions: Record<string, Position>, pairs: [string, string][]): Scene {
  const made = new Scene();
  const graph = fromSnapshot(
    snapshot({
      nodes: Object.keys(positions).map((id) => node(id)),
      edges: pairs.map(([source, target]) => edge(source, target)),
    }),
  );
  made.update(
    graph,
    {
      positions: new Map(Object.entries(positions)),
      routes: new Map(),
      method: 'tidy',
      anew: true,
    },
    false,
  );
  return made;
}

describe('labels', () => {
  it('never overlap: who finds the room taken goes without', () => {
    const room = new Room();
    const taken: Rect[] = [];
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
    for (let i = 0; i < 500; i++) {
      const rect = { x: random() * 900, y: random() * 600, width: 20 + random() * 120, height: 14 };
      if (room.take(rect)) taken.push(rect);
    }
    expect(taken.length).toBeGreaterThan(50);
    for (const [i, a] of taken.entries()) {
      for (const b of taken.slice(i + 1)) expect(overlap(a, b)).toBe(false);
    }
  });

  it('are cut in the middle', () => {
    expect(cut('short', 20)).toBe('short');
    expect(cut('a-very-long-name-of-a-service', 12)).toHaveLength(12);
    expect(cut('a-very-long-name-of-a-service', 12)).toMatch(/^a-very-.*….*ice$/);
  });
});

describe('the camera', () => {
  it('keeps the point under the pointer where it is while zooming', () => {
    const before = { x: 30, y: -20, k: 0.8 };
    const after = zoomAt(before, 1.7, 200, 100);
    const world = [(200 - before.x) / before.k, (100 - before.y) / before.k] as const;
    expect(world[0] * after.k + after.x).toBeCloseTo(200);
    expect(world[1] * after.k + after.y).toBeCloseTo(100);
  });

  it('fits everything between the insets', () => {
    const insets = { left: 10, right: 20, top: 30, bottom: 40 };
    const bounds = { left: -500, right: 1500, top: 0, bottom: 800 };
    const { x, y, k } = fit(bounds, 800, 600, insets);
    expect(bounds.left * k + x).toBeGreaterThanOrEqual(10 - 1e-6);
    expect(bounds.right * k + x).toBeLessThanOrEqual(780 + 1e-6);
    expect(bounds.top * k + y).toBeGreaterThanOrEqual(30 - 1e-6);
    expect(bounds.bottom * k + y).toBeLessThanOrEqual(560 + 1e-6);
  });
});

describe('an edge', () => {
  it('ends before its target, pointing at it', () => {
    const curve = curveBetween([0, 0], [300, 80], undefined, false);
    expect(curve.tip[0]).toBeLessThan(300 - 20);
    expect(curve.heading).toEqual([1, 0]);
  });

  it('is told apart from the one that comes back', () => {
    const there = curveBetween([0, 0], [300, 0], undefined, true);
    const back = curveBetween([300, 0], [0, 0], undefined, true);
    expect(Math.abs(pointOn(there, 0.5)[1] - pointOn(back, 0.5)[1])).toBeGreaterThan(6);
  });

  it('is found by a pointer on it and not by one beside it', () => {
    const curve = curveBetween([0, 0], [300, 200], [[150, 20]], false);
    const [x, y] = pointOn(curve, 0.3);
    expect(distanceTo(curve, x, y)).toBeLessThan(1);
    expect(distanceTo(curve, x, y - 60)).toBeGreaterThan(20);
  });
});

describe('light', () => {
  const made = scene({ a: [0, 0], b: [200, 0], c: [400, 0], d: [600, 0] }, [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
  ]);
  const lit = () => [...made.nodes.values()].filter((item) => item.light === 1).map(({ id }) => id);

  it('stays on what is selected and its neighbours', () => {
    light(made, { selectedNode: 'b', selectedEdge: undefined, matches: undefined });
    expect(lit()).toEqual(['a', 'b', 'c']);
    expect(made.edges.get('c!d')?.marked).toBe(false);
  });

  it('falls on what a search found', () => {
    light(made, { selectedNode: undefined, selectedEdge: undefined, matches: new Set(['d']) });
    expect(lit()).toEqual(['d']);
  });
});

describe('the keyboard', () => {
  const made = scene({ a: [0, 0], b: [200, 0], c: [200, 150], far: [260, 0] }, [['a', 'c']]);

  it('goes along edges first, then to what lies there', () => {
    expect(walk(made, 'a', 'right')?.id).toBe('c');
    expect(walk(made, 'b', 'right')?.id).toBe('far');
    expect(walk(made, 'a', 'left')).toBeUndefined();
  });

  it('passes over what a search left out', () => {
    const made = scene({ a: [0, 0], b: [100, 0], c: [200, 0] }, [
      ['a', 'b'],
      ['b', 'c'],
    ]);
    light(made, { selectedNode: undefined, selectedEdge: undefined, matches: new Set(['a', 'c']) });
    expect(walk(made, 'a', 'right')?.id).toBe('c');
    expect(walk(made, undefined, 'down')?.id).toBe('a');
    expect(walk(made, 'b', 'down')?.id).toBe('a');
  });
});

describe('rings', () => {
  it('close at a round number above the largest value', () => {
    const nodes = [node('a', { metrics: { cpu: 3.2, memory: 700e6 } }), node('b')];
    expect(ringScale('cpu', nodes, []).full).toBe(5);
    expect(ringScale('memory', nodes, []).full).toBe(2 ** 30);
    expect(ringScale('cpu', [node('b')], []).full).toBe(1);
  });

  it('add the connections of both ends, a reset not being a failure', () => {
    const busy = edge('a', 'b', { connections: { active: 1, opened: 4, failed: 1, reset: 0.5 } });
    const { values } = ringScale('failures', [], [busy]);
    expect(values.get('a')).toBe(1);
    expect(values.get('b')).toBe(1);
  });
});

describe('the trouble of an edge', () => {
  const with_ = (failed: number | null, reset: number | null) =>
    edge('a', 'b', { connections: { active: 1, opened: 4, failed, reset } });

  it('is that connections fail, or else that they are reset', () => {
    expect(troubleOf(with_(1, 0.5))).toBe('failed');
    expect(troubleOf(with_(0, 0.5))).toBe('reset');
    expect(troubleOf(with_(0, 0))).toBeUndefined();
    expect(troubleOf(with_(null, null))).toBeUndefined();
  });
});

describe('roles', () => {
  it('know what everybody knows', () => {
    expect(roleOf(node('x', { label: 'postgres' }))).toBe('database');
    expect(roleOf(node('x', { label: 'nginx' }))).toBe('web');
    expect(roleOf(node('x', { label: 'shop' }))).toBe('process');
    expect(roleOf(node('x', { kind: 'internet' }))).toBe('internet');
  });

  it('say of a container or pod what it runs, else what it is', () => {
    expect(roleOf(node('x', { kind: 'container', label: 'db-1', rank: 'postgres' }))).toBe(
      'database',
    );
    expect(roleOf(node('x', { kind: 'container', label: 'cart', rank: 'cart' }))).toBe('container');
    expect(roleOf(node('x', { kind: 'pod', label: 'cart-0', rank: 'cart' }))).toBe('pod');
    expect(roleOf(node('x', { kind: 'uncontained', label: 'Uncontained' }))).toBe('uncontained');
  });
});

describe('the scene', () => {
  it('fades a node out before it drops it', () => {
    const made = scene({ a: [0, 0], b: [200, 0] }, [['a', 'b']]);
    const without = fromSnapshot(snapshot({ nodes: [node('a')], edges: [] }));
    made.update(
      without,
      { positions: new Map([['a', [0, 0]]]), routes: new Map(), method: 'tidy', anew: false },
      true,
    );
    expect(made.nodes.get('b')?.leaving).toBe(true);
    made.step(0.1);
    expect(made.nodes.has('b')).toBe(true);
    made.step(0.3);
    expect([...made.nodes.keys()]).toEqual(['a']);
    expect(made.edges.size).toBe(0);
  });
});

describe('the camera on its way', () => {
  it('glides to where it shall be, and says so until it is there', () => {
    const steering = new Steering();
    steering.glideTo({ x: 100, y: 0, k: 2 }, 1000);
    expect(steering.target).toEqual({ x: 100, y: 0, k: 2 });
    expect(steering.camera).toEqual({ x: 0, y: 0, k: 1 });
    expect(steering.step(1100)).toBe(true);
    expect(steering.camera.k).toBeGreaterThan(1);
    expect(steering.camera.k).toBeLessThan(2);
    expect(steering.step(2000)).toBe(false);
    expect(steering.camera).toEqual({ x: 100, y: 0, k: 2 });
    expect(steering.movedAt).toBe(2000);
  });

  it('stops gliding when a hand moves it', () => {
    const steering = new Steering();
    steering.glideTo({ x: 100, y: 0, k: 2 }, 1000);
    steering.panBy(5, 6, 1010);
    expect(steering.step(1100)).toBe(false);
    expect(steering.camera).toEqual({ x: 5, y: 6, k: 1 });
  });
});

describe('what lies at a point', () => {
  const made = scene({ a: [0, 0], b: [400, 0] }, [['a', 'b']]);
  const camera = { x: 50, y: 60, k: 0.5 };

  it('is the node whose circle it is in', () => {
    expect(nodeAt(made, camera, 52, 58)?.id).toBe('a');
    expect(nodeAt(made, camera, 150, 60)).toBeUndefined();
  });

  it('is the edge that passes near by', () => {
    const edge = [...made.edges.values()][0];
    const [x, y] = (edge && placeOfEdge(edge, camera)) ?? [0, 0];
    expect(edgeAt(made, camera, x, y + 3)).toBe(edge);
    expect(edgeAt(made, camera, x, y + 30)).toBeUndefined();
  });
});
