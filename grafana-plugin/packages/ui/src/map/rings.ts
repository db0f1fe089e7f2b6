import type { GraphEdge, GraphNode } from '../api/types';

/** What the ring around a node says. */
export type Ring = 'cpu' | 'memory' | 'connections' | 'failures';

export const RINGS: readonly Ring[] = ['cpu', 'memory', 'connections', 'failures'];

export interface RingScale {
  /** The value at which the ring is closed. */
  full: number;
  values: ReadonlyMap<string, number>;
}

/** Values of all nodes, and a round number above the largest as the full ring. */
export function ringScale(
  ring: Ring,
  nodes: Iterable<GraphNode>,
  edges: Iterable<GraphEdge>,
): RingScale {
  const values = new Map<string, number>();
  if (ring === 'cpu' || ring === 'memory') {
    for (const node of nodes) {
      const value = node.metrics[ring];
      if (value !== undefined) values.set(node.id, value);
    }
  } else {
    const rate = (edge: GraphEdge) =>
      (ring === 'connections' ? edge.connections.opened : edge.connections.failed) ?? 0;
    for (const edge of edges) {
      const value = rate(edge);
      if (value === 0) continue;
      values.set(edge.source, (values.get(edge.source) ?? 0) + value);
      if (edge.target !== edge.source) {
        values.set(edge.target, (values.get(edge.target) ?? 0) + value);
      }
    }
  }
  let largest = 0;
  for (const value of values.values()) largest = Math.max(largest, value);
  return { full: roundUp(ring, largest), values };
}

function roundUp(ring: Ring, largest: number): number {
  if (ring === 'memory') return Math.max(256 * 2 ** 20, 2 ** Math.ceil(Math.log2(largest || 1)));
  const step = 10 ** Math.floor(Math.log10(largest || 1));
  const round = [1, 2, 5, 10].map((n) => n * step).find((n) => n >= largest) ?? largest;
  return Math.max(1, round);
}

/**
 * What is wrong with an edge, the worse first: connections that never came to be, or ones that were
 * and were then cut off, which also healthy programs do.
 */
export type Trouble = 'failed' | 'reset';

export function troubleOf({ connections }: GraphEdge): Trouble | undefined {
  if ((connections.failed ?? 0) > 0) return 'failed';
  return (connections.reset ?? 0) > 0 ? 'reset' : undefined;
}

export function bytesRate(edge: GraphEdge): number {
  return (edge.bytes.sent ?? 0) + (edge.bytes.received ?? 0);
}
