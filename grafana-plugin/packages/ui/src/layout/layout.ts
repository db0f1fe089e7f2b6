import { foldAlike, shapeOf, unfold } from './blocks';
import { componentsOf, type Component } from './components';
import { flow, frame } from './flow';
import { fastLayers } from './layers';
import { pack } from './pack';
import { tidyLayers } from './tidy';
import {
  CELL,
  HULL,
  type Arrangement,
  type Box,
  type LayoutInput,
  type LayoutResult,
  type Link,
  type Position,
} from './types';

/** What dagre lays out in about half a second; beyond, our own layers do. */
const TIDY = { nodes: 300, edges: 900 };
const GAP = 22;
/** Layers may be this much larger than the flow before the flow is taken: they read better. */
const LAYERS_BONUS = { few: 1.6, many: 1.15 };
const MANY = 120;
/** Between groups, so that from afar their names have room above them. */
const GROUP_GAP = 62;

/**
 * Lays a whole view out. Two levels: inside each group its nodes by the edges among them, then the
 * groups and the ungrouped nodes as boxes by the edges between them, so that hulls never overlap.
 * On either level what hangs together is layered, left to right from callers to callees, the parts are
 * packed, and nodes without an edge stand in a block of their own. Deterministic.
 */
export function layOut(input: LayoutInput): LayoutResult {
  const known = new Set(input.nodes.map((node) => node.id));
  const edges = input.edges.filter(
    (edge) => known.has(edge.source) && known.has(edge.target) && edge.source !== edge.target,
  );
  const joined = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const tidy = input.nodes.length <= TIDY.nodes * 1.5 && edges.length <= TIDY.edges * 2;
  // Many nodes stand closer, or they would be dots in a wide field.
  const columnGap = input.nodes.length > MANY ? 32 : input.nodes.length > 40 ? 44 : 66;
  const nodes = [...input.nodes].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const groups = new Map<string, string[]>();
  for (const node of nodes) {
    if (node.group === '') continue;
    const members = groups.get(node.group);
    if (members) members.push(node.id);
    else groups.set(node.group, [node.id]);
  }
  const boxOf = new Map<string, string>();
  for (const [group, members] of groups) for (const id of members) boxOf.set(id, hull(group));

  const inner = new Map<string, Arrangement>();
  const boxes: Box[] = [];
  for (const [group, members] of groups) {
    const own = new Set(members);
    const arrangement = arrange(
      members.map(cell),
      edges.filter((edge) => own.has(edge.source) && own.has(edge.target)),
      { aspect: input.aspect, tidy, columnGap, joined, groups: false },
    );
    inner.set(hull(group), arrangement);
    boxes.push({
      id: hull(group),
      width: arrangement.width + 2 * HULL.padding,
      height: arrangement.height + 2 * HULL.padding + HULL.title,
    });
  }
  for (const node of nodes) if (node.group === '') boxes.push(cell(node.id));

  const outer = arrange(boxes, between(edges, boxOf), {
    aspect: input.aspect,
    tidy,
    columnGap: Math.max(56, columnGap),
    joined,
    groups: groups.size > 0,
  });
  const positions: Record<string, Position> = {};
  const routes: Record<string, Position[]> = {};
  for (const box of boxes) {
    const [x, y] = outer.centres.get(box.id) ?? [0, 0];
    const arrangement = inner.get(box.id);
    if (!arrangement) {
      positions[box.id] = circle([x, y]);
      continue;
    }
    const left = x - arrangement.width / 2;
    const top = y - arrangement.height / 2 + HULL.title / 2;
    for (const [id, [nodeX, nodeY]] of arrangement.centres) {
      positions[id] = circle([left + nodeX, top + nodeY]);
    }
    for (const [id, points] of arrangement.routes) {
      routes[id] = points.map((point) => circle([left + point[0], top + point[1]]));
    }
  }
  return { positions, routes, method: tidy ? 'tidy' : 'fast' };
}

/** Edges between boxes, one per pair. */
function between(edges: readonly Link[], boxOf: ReadonlyMap<string, string>): Link[] {
  const pairs = new Map<string, Link>();
  for (const edge of edges) {
    const source = boxOf.get(edge.source) ?? edge.source;
    const target = boxOf.get(edge.target) ?? edge.target;
    const id = `${source} ${target}`;
    if (source !== target) pairs.set(id, { id, source, target });
  }
  return [...pairs.values()];
}

interface Manner {
  aspect: number;
  tidy: boolean;
  columnGap: number;
  /** Nodes that have an edge, be it to another group. */
  joined: ReadonlySet<string>;
  /** Whole groups are arranged, which differ much in size. */
  groups: boolean;
}

function arrange(boxes: readonly Box[], links: readonly Link[], manner: Manner): Arrangement {
  const { aspect, joined } = manner;
  const components = componentsOf(boxes, links);
  const parts = components
    .filter((component) => component.links.length > 0)
    .map((component) => layered(component, manner));
  const alone = components
    .filter((component) => component.links.length === 0)
    .flatMap((component) => component.boxes);
  const calling = alone.filter((box) => joined.has(box.id));
  if (calling.length > 0) parts.push(blockOf(calling));
  const idle = aloneBlock(
    alone.filter((box) => !joined.has(box.id)),
    parts.length === 0 ? aspect : aspect * 1.4,
  );
  if (idle) parts.push(idle);
  return together(parts, aspect);
}

function layered(component: Component, manner: Manner): Arrangement {
  const { aspect, tidy, columnGap, joined, groups } = manner;
  const folded = foldAlike(component.boxes, component.links);
  const dagreFits = folded.boxes.length <= TIDY.nodes && folded.links.length <= TIDY.edges;
  const layers =
    tidy && dagreFits
      ? tidyLayers(folded.boxes, folded.links, columnGap)
      : fastLayers(folded.boxes, folded.links, aspect);
  const flowing = groups ? flow(folded.boxes, folded.links, aspect, GROUP_GAP) : undefined;
  const bonus = joined.size > MANY ? LAYERS_BONUS.many : LAYERS_BONUS.few;
  const arrangement =
    flowing && frame(layers, aspect) > frame(flowing, aspect) * bonus ? flowing : layers;
  for (const link of folded.links) {
    // Its bends lead to the middle of a block, not to the node it stands for.
    if (folded.members.has(link.source) || folded.members.has(link.target)) {
      arrangement.routes.delete(link.id);
    }
  }
  for (const [block, nodes] of folded.members) {
    const centre = arrangement.centres.get(block);
    arrangement.centres.delete(block);
    if (centre) for (const [id, at] of unfold(nodes, centre)) arrangement.centres.set(id, at);
  }
  return arrangement;
}

/** Nodes whose edges all leave the group, as a block that is entered from its side. */
function blockOf(boxes: readonly Box[]): Arrangement {
  const { width, height } = shapeOf(boxes.length);
  const ids = boxes.map((box) => box.id);
  return { centres: unfold(ids, [width / 2, height / 2]), routes: new Map(), width, height };
}

/** Boxes without an edge, as near to a rectangle as they come. */
function aloneBlock(boxes: readonly Box[], aspect: number): Arrangement | undefined {
  if (boxes.length === 0) return undefined;
  const gap = boxes.some((box) => box.width !== CELL.width) ? GAP : 0;
  return { ...pack(boxes, aspect, gap), routes: new Map() };
}

function together(parts: readonly Arrangement[], aspect: number): Arrangement {
  const packed = pack(
    parts.map((part, i) => ({ id: String(i), width: part.width, height: part.height })),
    aspect,
    GAP,
  );
  const centres = new Map<string, Position>();
  const routes = new Map<string, Position[]>();
  parts.forEach((part, i) => {
    const [x, y] = packed.centres.get(String(i)) ?? [0, 0];
    const left = x - part.width / 2;
    const top = y - part.height / 2;
    for (const [id, at] of part.centres) centres.set(id, [left + at[0], top + at[1]]);
    for (const [id, points] of part.routes) {
      routes.set(
        id,
        points.map((point) => [left + point[0], top + point[1]] as const),
      );
    }
  });
  return { centres, routes, width: packed.width, height: packed.height };
}

function cell(id: string): Box {
  return { id, width: CELL.width, height: CELL.height };
}

/** From the centre of a node's cell to the centre of its circle. */
function circle([x, y]: Position): Position {
  return [x, y - CELL.height / 2 + CELL.centre];
}

function hull(group: string): string {
  return `hull ${group}`;
}
