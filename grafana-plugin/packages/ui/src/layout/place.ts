import { CELL, type LayoutInput, type Position } from './types';

/**
 * Finds places for the nodes of `input` that have none, without moving one that has: right of their
 * callers, left of their callees, at the nearest free cell; without neighbours below their group, else
 * below everything. Answers the new places only.
 */
export function placeBeside(
  input: LayoutInput,
  placed: ReadonlyMap<string, Position>,
): Map<string, Position> {
  const taken = new Occupied();
  for (const at of placed.values()) taken.add(at);
  const all = new Map(placed);
  const fresh = new Map<string, Position>();
  const beside = besideOf(input, placed);
  const groupOf = new Map(input.nodes.map((node) => [node.id, node.group]));
  let waiting = input.nodes.filter((node) => !placed.has(node.id)).map((node) => node.id);
  // Those beside a placed node first; each round may make neighbours of the rest.
  while (waiting.length > 0) {
    const ready = waiting.filter((id) => wish(id) !== undefined);
    const round = ready.length > 0 ? ready : waiting.slice(0, 1);
    for (const id of round) {
      const at = taken.nearestFree(wish(id) ?? below(groupOf.get(id) ?? ''));
      taken.add(at);
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

  function below(group: string): Position {
    let mates = [...all].filter(([id]) => group !== '' && groupOf.get(id) === group);
    if (mates.length === 0) mates = [...all];
    if (mates.length === 0) return [0, 0];
    const left = Math.min(...mates.map(([, at]) => at[0]));
    const bottom = Math.max(...mates.map(([, at]) => at[1]));
    return [left, bottom + CELL.height];
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

/** Cells in use, by a coarse grid. */
class Occupied {
  private readonly grid = new Map<string, Position[]>();

  add(at: Position): void {
    const key = this.key(at[0], at[1]);
    const list = this.grid.get(key);
    if (list) list.push(at);
    else this.grid.set(key, [at]);
  }

  /** Looks in growing rings around the wish. */
  nearestFree([x, y]: Position): Position {
    for (let ring = 0; ring < 200; ring++) {
      let best: Position | undefined;
      let distance = Infinity;
      for (let dx = -ring; dx <= ring; dx++) {
        for (let dy = -ring; dy <= ring; dy++) {
          if (Math.max(Math.abs(dx), Math.abs(dy)) !== ring) continue;
          const at: Position = [x + dx * CELL.width * 0.5, y + dy * CELL.height * 0.5];
          const far = Math.hypot(at[0] - x, at[1] - y);
          if (far < distance && this.free(at)) {
            best = at;
            distance = far;
          }
        }
      }
      if (best) return best;
    }
    return [x, y];
  }

  private free([x, y]: Position): boolean {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const near = this.grid.get(this.key(x + dx * CELL.width, y + dy * CELL.height)) ?? [];
        for (const at of near) {
          if (Math.abs(at[0] - x) < CELL.width * 0.92 && Math.abs(at[1] - y) < CELL.height * 0.92) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private key(x: number, y: number): string {
    return `${Math.floor(x / CELL.width)} ${Math.floor(y / CELL.height)}`;
  }
}
