import type { Scene } from './scene';

export interface Lighting {
  selectedNode: string | undefined;
  selectedEdge: string | undefined;
  /** What a search found; undefined when nobody searches. */
  matches: ReadonlySet<string> | undefined;
}

/** What is darker than this was left out by a search. */
export const FOUND = 0.3;

/** Beside a selection its neighbours stay lit; the rest fades, and so does what a search left out. */
export function light(scene: Scene, { selectedNode, selectedEdge, matches }: Lighting): void {
  const chosen = selectedEdge === undefined ? undefined : scene.edges.get(selectedEdge);
  const selected = selectedNode === undefined ? undefined : scene.nodes.get(selectedNode);
  const near = new Set<string>();
  for (const edge of scene.edges.values()) {
    edge.marked =
      edge === chosen ||
      (selected !== undefined && (edge.source === selected || edge.target === selected));
    if (!edge.marked) continue;
    near.add(edge.source.id);
    near.add(edge.target.id);
  }
  if (selected) near.add(selected.id);
  const focused = selected !== undefined || chosen !== undefined;
  for (const node of scene.nodes.values()) {
    node.light = !focused || near.has(node.id) ? 1 : 0.42;
    if (matches && !matches.has(node.id))
      node.light = Math.min(node.light, near.has(node.id) ? 0.6 : 0.2);
  }
  for (const edge of scene.edges.values()) {
    edge.light = edge.marked ? 1 : focused ? 0.4 : 1;
    if (!matches || edge.marked) continue;
    const hits = Number(matches.has(edge.source.id)) + Number(matches.has(edge.target.id));
    edge.light = Math.min(edge.light, hits === 2 ? 1 : hits === 1 ? 0.45 : 0.15);
  }
}
