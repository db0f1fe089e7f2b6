import type { Box, Link, Position } from './types';
import { CELL } from './types';

/** Fewer alike nodes than this stay on their own. */
const SMALLEST = 5;
/** Every other column stands lower, so that an edge to it passes between name and next circle. */
const STAGGER = CELL.height * 0.64;

export interface Folded {
  boxes: Box[];
  links: Link[];
  /** The nodes of each block, in order. */
  members: Map<string, string[]>;
}

/**
 * Folds nodes with exactly the same callers and callees (the workers of a server, the clients of a
 * database) into one box: they stand as a tidy block instead of a column as tall as the picture.
 * Only boxes of one cell are folded.
 */
export function foldAlike(boxes: readonly Box[], links: readonly Link[]): Folded {
  const out = new Map<string, Set<string>>();
  const into = new Map<string, Set<string>>();
  for (const { source, target } of links) {
    if (source === target) continue;
    (out.get(source) ?? set(out, source)).add(target);
    (into.get(target) ?? set(into, target)).add(source);
  }
  const alike = new Map<string, string[]>();
  for (const box of boxes) {
    if (box.width !== CELL.width || box.height !== CELL.height) continue;
    if (!out.has(box.id) && !into.has(box.id)) continue;
    const sign = `${sorted(into.get(box.id))}>${sorted(out.get(box.id))}`;
    const nodes = alike.get(sign);
    if (nodes) nodes.push(box.id);
    else alike.set(sign, [box.id]);
  }
  const blockOf = new Map<string, string>();
  const members = new Map<string, string[]>();
  const blocks: Box[] = [];
  for (const nodes of alike.values()) {
    if (nodes.length < SMALLEST) continue;
    const id = `block ${nodes[0]}`;
    const { width, height } = shapeOf(nodes.length);
    members.set(id, nodes);
    for (const node of nodes) blockOf.set(node, id);
    blocks.push({ id, width, height });
  }
  if (blocks.length === 0) return { boxes: [...boxes], links: [...links], members };
  const seen = new Set<string>();
  const kept: Link[] = [];
  for (const link of links) {
    const source = blockOf.get(link.source) ?? link.source;
    const target = blockOf.get(link.target) ?? link.target;
    const key = `${source} ${target}`;
    if (seen.has(key) || source === target) continue;
    seen.add(key);
    kept.push({ id: link.id, source, target });
  }
  return {
    boxes: [...boxes.filter((box) => !blockOf.has(box.id)), ...blocks],
    links: kept,
    members,
  };
}

/** Centres of a block's nodes, from the centre of the block. */
export function unfold(nodes: readonly string[], [x, y]: Position): Map<string, Position> {
  const { columns, rows, width, height } = shapeOf(nodes.length);
  const left = x - width / 2 + CELL.width / 2;
  const top = y - height / 2 + CELL.height / 2;
  return new Map(
    nodes.map((id, i) => {
      const column = Math.floor(i / rows);
      const shift = columns > 1 && column % 2 === 1 ? STAGGER : 0;
      return [id, [left + column * CELL.width, top + (i % rows) * CELL.height + shift] as const];
    }),
  );
}

/** A block that is read from top to bottom: up to four in one column, then about two to one. */
export function shapeOf(count: number) {
  const columns = count <= 4 ? 1 : Math.ceil(Math.sqrt(count * 0.5));
  const rows = Math.ceil(count / columns);
  const height = rows * CELL.height + (columns > 1 ? STAGGER : 0);
  return { columns, rows, width: columns * CELL.width, height };
}

function set(index: Map<string, Set<string>>, key: string): Set<string> {
  const made = new Set<string>();
  index.set(key, made);
  return made;
}

function sorted(ids: Set<string> | undefined): string {
  return ids ? [...ids].sort().join(' ') : '';
}
