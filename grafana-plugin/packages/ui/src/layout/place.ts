import { Ground } from './ground';
import { CELL, type LayoutInput, type Position } from './types';

/**
 * Finds places for the nodes of `input` that have none, without moving one that has: right of their
 * callers, left of their callees, at the nearest free cell; without neighbours inside or below their
 * group, else below everything. Answers the new places only.
 */
export function placeBeside(
  input: LayoutInput,
  placed: ReadonlyMap<string, Position>,
): Map<string, Position> {
  const groupOf = new Map(input.nodes.map((node) => [node.id, node.group]));
  const ground = new Ground();
  for (const [id, at] of placed) ground.add(at, groupOf.get(id) ?? '');
  const all = new Map(placed);
  const fresh = new Map<string, Position>();
  const beside = besideOf(input, placed);
  let waiting = input.nodes.filter((node) => !placed.has(node.id)).map((node) => node.id);
  // Those beside a placed node first; each round may make neighbours of the rest.
  while (waiting.length > 0) {
    const ready = waiting.filter((id) => wish(id) !== undefined);
    const round = ready.length > 0 ? ready : waiting.slice(0, 1);
    for (const id of round) {
      const group = groupOf.get(id) ?? '';
      const at = ground.nearestFree(wish(id) ?? ground.below(group), group);
      ground.add(at, group);
      all.set(id, at);
      fresh.set(id, at);
    }
    waiting = waiting.filter((id) => !all.has(id));
  }
  return fresh;

  function wish(id: string): Position | undefined {
    let x = 0;
    let y = 0;
    let count = 0;
    for (const { other, side } of beside.get(id) ?? []) {
      const at = all.get(other);
      if (!at) continue;
      x += at[0] + side * CELL.width * 1.4;
      y += at[1];
      count++;
    }
    return count === 0 ? undefined : [x / count, y / count];
  }
}

interface Beside {
  other: string;
  /** On which side of the other one: 1 right of a caller, -1 left of a callee. */
  side: 1 | -1;
}

function besideOf(
  input: LayoutInput,
  placed: ReadonlyMap<string, Position>,
): Map<string, Beside[]> {
  const beside = new Map<string, Beside[]>();
  for (const node of input.nodes) if (!placed.has(node.id)) beside.set(node.id, []);
  for (const { source, target } of input.edges) {
    if (source === target) continue;
    beside.get(target)?.push({ other: source, side: 1 });
    beside.get(source)?.push({ other: target, side: -1 });
  }
  return beside;
}
