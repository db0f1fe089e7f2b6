import { describe, expect, it } from 'vitest';
import { adjacencyOf, neighbourhood } from '../src/graph/adjacency';
import { applyDelta, fromSnapshot, toSnapshot, type Graph } from '../src/graph/graph';
import { delta, edge, node, snapshot } from './fixtures';

const image = fromSnapshot(snapshot());

describe('a graph', () => {
  it('adds, replaces and removes by a delta, and leaves the graph before as it was', () => {
    const next = applyDelta(
      image,
      delta('e:1', 'e:2', {
        nodes: { add: [node('c')], update: [node('a', { label: 'A' })], remove: ['b'] },
        edges: { add: [edge('a', 'c')], update: [], remove: ['a!b'] },
        hidden: { system: 2 },
      }),
    ) as Graph;
    expect([...next.nodes.keys()]).toEqual(['a', 'c']);
    expect(next.nodes.get('a')?.label).toBe('A');
    expect([...next.edges.keys()]).toEqual(['a!c']);
    expect(next.hidden).toEqual({ system: 2 });
    expect(next.revision).toBe('e:2');
    expect([...image.nodes.keys()]).toEqual(['a', 'b']);
  });

  it('shares what a delta does not touch', () => {
    const next = applyDelta(image, delta('e:1', 'e:2')) as Graph;
    expect(next.nodes).toBe(image.nodes);
    expect(next.edges).toBe(image.edges);
  });

  it('refuses a delta that starts elsewhere', () => {
    expect(applyDelta(image, delta('e:7', 'e:8'))).toBe('gap');
  });

  it('is the same after a way through its snapshot', () => {
    expect(fromSnapshot(toSnapshot(image))).toEqual(image);
  });

  it('knows who is next to whom, and ignores edges that hang in the air', () => {
    const graph = fromSnapshot(snapshot({ edges: [edge('a', 'b'), edge('a', 'gone')] }));
    const adjacency = adjacencyOf(graph);
    expect(neighbourhood(adjacency, 'b')).toEqual(new Set(['a', 'b']));
    expect(adjacency.out.get('a')).toHaveLength(1);
  });
});
