import type {
  Changes,
  Coverage,
  GraphEdge,
  GraphNode,
  Hidden,
  ViewDelta,
  ViewSnapshot,
} from '../api/types';

/** One view as it is now. Immutable: a delta gives the next one, sharing what did not change. */
export interface Graph {
  readonly view: string;
  readonly revision: string;
  readonly time: string;
  readonly stale: boolean;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  readonly hidden: Hidden;
  readonly coverage: readonly Coverage[];
}

export function fromSnapshot(snapshot: ViewSnapshot): Graph {
  return {
    view: snapshot.view,
    revision: snapshot.revision,
    time: snapshot.time,
    stale: snapshot.stale,
    nodes: new Map(snapshot.nodes.map((node) => [node.id, node])),
    edges: new Map(snapshot.edges.map((edge) => [edge.id, edge])),
    hidden: snapshot.hidden,
    coverage: snapshot.coverage,
  };
}

export function toSnapshot(graph: Graph): ViewSnapshot {
  return {
    view: graph.view,
    revision: graph.revision,
    time: graph.time,
    stale: graph.stale,
    nodes: [...graph.nodes.values()],
    edges: [...graph.edges.values()],
    hidden: graph.hidden,
    coverage: [...graph.coverage],
  };
}

/** The graph after `delta`, or 'gap' when the delta does not start where this graph is. */
export function applyDelta(graph: Graph, delta: ViewDelta): Graph | 'gap' {
  if (delta.from !== graph.revision) return 'gap';
  return {
    view: graph.view,
    revision: delta.revision,
    time: delta.time,
    stale: delta.stale ?? graph.stale,
    nodes: changed(graph.nodes, delta.nodes),
    edges: changed(graph.edges, delta.edges),
    hidden: delta.hidden ?? graph.hidden,
    coverage: delta.coverage ?? graph.coverage,
  };
}

function changed<T extends { id: string }>(
  before: ReadonlyMap<string, T>,
  changes: Changes<T>,
): ReadonlyMap<string, T> {
  if (changes.add.length + changes.update.length + changes.remove.length === 0) return before;
  const after = new Map(before);
  for (const id of changes.remove) after.delete(id);
  for (const item of changes.add) after.set(item.id, item);
  for (const item of changes.update) after.set(item.id, item);
  return after;
}
