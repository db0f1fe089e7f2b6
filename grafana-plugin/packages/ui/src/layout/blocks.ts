import type { Box, Link, Position } from './types';
import { CELL } from './types';

/** Fewer alike nodes than this stay on their own. */
const SMALLEST = 5;

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
    const { columns, rows } = shapeOf(nodes.length);
    members.set(id, nodes);
    for (const node of nodes) blockOf.set(node, id);
    blocks.push({ id, width: columns * CELL.width, height: rows * CELL.height });
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
  const { columns, rows } = shapeOf(nodes.length);
  const left = x - ((columns - 1) * CELL.width) / 2;
  const top = y - ((rows - 1) * CELL.height) / 2;
  return new Map(
    nodes.map((id, i) => [
      id,
      [left + Math.floor(i / rows) * CELL.width, top + (i % rows) * CELL.height] as const,
    ]),
  );
}

/** A block that is read from top to bottom: about twice as many rows as columns. */
export function shapeOf(count: number): { columns: number; rows: number } {
  const columns = Math.ceil(Math.sqrt(count * 0.5));
  return { columns, rows: Math.ceil(count / columns) };
}

function set(index: Map<string, Set<string>>, key: string): Set<string> {
  const made = new Set<string>();
  index.set(key, made);
  return made;
}

function sorted(ids: Set<string> | undefined): string {
  return ids ? [...ids].sort().join(' ') : '';
}
