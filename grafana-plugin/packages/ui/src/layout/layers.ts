import type { Arrangement, Box, Link, Position } from './types';

const COLUMN_GAP = 70;
const ROW_GAP = 14;
const SWEEPS = 8;

/** Who is joined to whom, by index. */
export interface Neighbours {
  out: number[][];
  into: number[][];
}

export function neighboursOf(boxes: readonly Box[], links: readonly Link[]): Neighbours {
  const index = new Map(boxes.map((box, i) => [box.id, i]));
  const out: number[][] = boxes.map(() => []);
  const into: number[][] = boxes.map(() => []);
  for (const link of links) {
    const source = index.get(link.source);
    const target = index.get(link.target);
    if (source === undefined || target === undefined || source === target) continue;
    out[source]?.push(target);
    into[target]?.push(source);
  }
  return { out, into };
}

/**
 * Layers of our own for graphs too large for dagre: longest path for the layer, barycentre sweeps for
 * the order within it, no bends. A layer taller than the picture should be is wrapped into several
 * columns. O(sweeps × (nodes log nodes + edges)); 5,000 nodes with 20,000 edges take about 0.1 s.
 */
export function fastLayers(
  boxes: readonly Box[],
  links: readonly Link[],
  aspect: number,
): Arrangement {
  const neighbours = neighboursOf(boxes, links);
  return placed(boxes, orderedLayers(layersOf(neighbours), neighbours), aspect);
}

/** The length of the longest way to each node, edges that close a circle left out. */
export function layersOf({ out, into }: Neighbours): number[] {
  const count = out.length;
  const state = new Uint8Array(count);
  const order: number[] = [];
  const back = new Set<number>();
  const roots = [...Array(count).keys()].sort(
    (a, b) => (into[a]?.length ?? 0) - (into[b]?.length ?? 0) || a - b,
  );
  for (const root of roots) {
    if (state[root]) continue;
    const stack: [node: number, next: number][] = [[root, 0]];
    state[root] = 1;
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = out[top[0]]?.[top[1]++];
      if (target === undefined) {
        state[top[0]] = 2;
        order.push(top[0]);
        stack.pop();
      } else if (state[target] === 1) back.add(top[0] * count + target);
      else if (!state[target]) {
        state[target] = 1;
        stack.push([target, 0]);
      }
    }
  }
  const layer = new Array<number>(count).fill(0);
  for (const node of order.reverse()) {
    for (const target of out[node] ?? []) {
      if (back.has(node * count + target)) continue;
      layer[target] = Math.max(layer[target] ?? 0, (layer[node] ?? 0) + 1);
    }
  }
  return layer;
}

/** The nodes of each layer, in an order with few crossings. */
export function orderedLayers(layer: number[], { out, into }: Neighbours): number[][] {
  const layers: number[][] = [];
  layer.forEach((l, node) => (layers[l] ??= []).push(node));
  const rank = new Float64Array(layer.length);
  const renumber = (nodes: number[]) => nodes.forEach((node, i) => (rank[node] = i / nodes.length));
  layers.forEach(renumber);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const nodes of down ? layers : [...layers].reverse()) {
      const centre = new Map(
        nodes.map((node) => [node, mean((down ? into : out)[node] ?? [], rank, rank[node] ?? 0)]),
      );
      nodes.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0) || a - b);
      renumber(nodes);
    }
  }
  return layers;
}

function mean(nodes: number[], rank: Float64Array, otherwise: number): number {
  if (nodes.length === 0) return otherwise;
  return nodes.reduce((sum, node) => sum + (rank[node] ?? 0), 0) / nodes.length;
}

function placed(boxes: readonly Box[], layers: number[][], aspect: number): Arrangement {
  const area = boxes.reduce(
    (sum, box) => sum + (box.width + COLUMN_GAP / 2) * (box.height + ROW_GAP),
    0,
  );
  const tallest = Math.max(...boxes.map((box) => box.height), Math.sqrt(area / aspect));
  const columns: { nodes: number[]; gap: number }[] = [];
  for (const nodes of layers) {
    const total = nodes.reduce((sum, node) => sum + heightOf(node) + ROW_GAP, 0);
    const parts = Math.max(1, Math.ceil(total / (tallest * 1.15)));
    const size = Math.ceil(nodes.length / parts);
    for (let part = 0; part < parts; part++) {
      const slice = nodes.slice(part * size, (part + 1) * size);
      if (slice.length > 0) {
        columns.push({ nodes: slice, gap: part === parts - 1 ? COLUMN_GAP : COLUMN_GAP / 4 });
      }
    }
  }
  const heights = columns.map((column) =>
    column.nodes.reduce((sum, node) => sum + heightOf(node) + ROW_GAP, -ROW_GAP),
  );
  const height = Math.max(0, ...heights);
  const centres = new Map<string, Position>();
  let x = 0;
  columns.forEach((column, i) => {
    const width = Math.max(...column.nodes.map((node) => boxes[node]?.width ?? 0));
    let y = (height - (heights[i] ?? 0)) / 2;
    for (const node of column.nodes) {
      const box = boxes[node];
      if (!box) continue;
      centres.set(box.id, [x + width / 2, y + box.height / 2]);
      y += box.height + ROW_GAP;
    }
    x += width + column.gap;
  });
  return { centres, routes: new Map(), width: Math.max(0, x - COLUMN_GAP), height };

  function heightOf(node: number): number {
    return boxes[node]?.height ?? 0;
  }
}
