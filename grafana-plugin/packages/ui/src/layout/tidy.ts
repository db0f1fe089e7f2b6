import dagre from '@dagrejs/dagre';
import type { Arrangement, Box, Link, Position } from './types';

/** Layers by dagre, callers on the left: few crossings, and bends that lead long edges past nodes. */
export function tidyLayers(
  boxes: readonly Box[],
  links: readonly Link[],
  columnGap: number,
): Arrangement {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 8, edgesep: 18, ranksep: columnGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) graph.setNode(box.id, { width: box.width, height: box.height });
  for (const link of links) {
    if (link.source !== link.target) graph.setEdge(link.source, link.target, {}, link.id);
  }
  dagre.layout(graph);
  const centres = new Map<string, Position>();
  for (const box of boxes) {
    const { x, y } = graph.node(box.id);
    centres.set(box.id, [x, y]);
  }
  const routes = new Map<string, Position[]>();
  for (const key of graph.edges()) {
    const points = (graph.edge(key) as { points?: { x: number; y: number }[] }).points ?? [];
    // Three points are an edge to the next layer: our own curve is nicer. Of a longer one every other
    // bend is in the gap between two layers, where it would only be a kink.
    if (points.length > 3 && key.name !== undefined) {
      const bends = points.slice(1, -1).filter((_, i) => i % 2 === 1);
      routes.set(
        key.name,
        bends.map(({ x, y }) => [x, y] as const),
      );
    }
  }
  const { width = 0, height = 0 } = graph.graph();
  return { centres, routes, width, height };
}
