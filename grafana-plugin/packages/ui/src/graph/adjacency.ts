import type { Graph } from './graph';
import type { GraphEdge } from '../api/types';

/** Who is joined to whom, by node id; edges whose ends are not both in the graph are left out. */
export interface Adjacency {
  readonly out: ReadonlyMap<string, readonly GraphEdge[]>;
  readonly into: ReadonlyMap<string, readonly GraphEdge[]>;
}

export function adjacencyOf(graph: Graph): Adjacency {
  const out = new Map<string, GraphEdge[]>();
  const into = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges.values()) {
    if (!graph.nodes.has(edge.source) || !graph.nodes.has(edge.target)) continue;
    push(out, edge.source, edge);
    push(into, edge.target, edge);
  }
  return { out, into };
}

/** The node itself and everyone one edge away. */
export function neighbourhood(adjacency: Adjacency, id: string): Set<string> {
  const near = new Set([id]);
  for (const edge of adjacency.out.get(id) ?? []) near.add(edge.target);
  for (const edge of adjacency.into.get(id) ?? []) near.add(edge.source);
  return near;
}

function push(index: Map<string, GraphEdge[]>, key: string, edge: GraphEdge): void {
  const list = index.get(key);
  if (list) list.push(edge);
  else index.set(key, [edge]);
}
