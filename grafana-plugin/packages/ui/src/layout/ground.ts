import { CELL, HULL, type Position } from './types';

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What a place costs besides its distance: outside its own hull; where hulls would overlap. */
const GROWS = 160;
const OVERLAPS = 1400;
const FARTHEST = 40;

/** The cells in use, by a coarse grid, and the hulls of the groups that stand on them. */
export class Ground {
  private readonly grid = new Map<string, Position[]>();
  private readonly hulls = new Map<string, Box>();

  add(at: Position, group: string): void {
    const key = keyOf(at[0], at[1]);
    const list = this.grid.get(key);
    if (list) list.push(at);
    else this.grid.set(key, [at]);
    // A node without a group is a hull of its own: no other may grow over it.
    const name = group === '' ? ` ${this.hulls.size}` : group;
    this.hulls.set(name, union(this.hulls.get(name), cell(at)));
  }

  /** The first place under a group, or under everything. */
  below(group: string): Position {
    let box = this.hulls.get(group);
    if (!box) for (const hull of this.hulls.values()) box = union(box, hull);
    if (!box) return [0, 0];
    return [box.left + CELL.width / 2, box.bottom + CELL.centre];
  }

  /** The free cell that costs least, looking in growing rings around the wish. */
  nearestFree(wish: Position, group: string): Position {
    const others = [...this.hulls].filter(([name]) => name !== group).map(([, box]) => box);
    const own = group === '' ? undefined : this.hulls.get(group);
    let best = wish;
    let least = Infinity;
    for (let ring = 0; ring <= FARTHEST || least === Infinity; ring++) {
      if (ring * CELL.height * 0.5 > least) break;
      for (const at of around(wish, ring)) {
        const distance = Math.hypot(at[0] - wish[0], at[1] - wish[1]);
        if (distance >= least || !this.isFree(at)) continue;
        const cost = distance + penalty(at, own, others);
        if (cost < least) {
          best = at;
          least = cost;
        }
      }
    }
    return best;
  }

  private isFree([x, y]: Position): boolean {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const near = this.grid.get(keyOf(x + dx * CELL.width, y + dy * CELL.height)) ?? [];
        for (const at of near) {
          if (Math.abs(at[0] - x) < CELL.width * 0.92 && Math.abs(at[1] - y) < CELL.height * 0.92) {
            return false;
          }
        }
      }
    }
    return true;
  }
}

function penalty(at: Position, own: Box | undefined, others: readonly Box[]): number {
  const grown = union(own, cell(at));
  const same =
    own !== undefined &&
    grown.left === own.left &&
    grown.right === own.right &&
    grown.top === own.top &&
    grown.bottom === own.bottom;
  if (same) return 0;
  const frame = own ? padded(grown) : grown;
  return others.some((box) => overlap(frame, padded(box))) ? OVERLAPS : GROWS;
}

function* around([x, y]: Position, ring: number): Generator<Position> {
  const stepX = CELL.width * 0.5;
  const stepY = CELL.height * 0.5;
  for (let dx = -ring; dx <= ring; dx++) {
    const edge = Math.abs(dx) === ring;
    for (let dy = -ring; dy <= ring; dy += edge || ring === 0 ? 1 : 2 * ring) {
      yield [x + dx * stepX, y + dy * stepY];
    }
  }
}

function cell([x, y]: Position): Box {
  const top = y - CELL.centre;
  return { left: x - CELL.width / 2, right: x + CELL.width / 2, top, bottom: top + CELL.height };
}

function union(a: Box | undefined, b: Box): Box {
  if (!a) return b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function padded({ left, top, right, bottom }: Box): Box {
  return {
    left: left - HULL.padding,
    top: top - HULL.padding - HULL.title,
    right: right + HULL.padding,
    bottom: bottom + HULL.padding,
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function keyOf(x: number, y: number): string {
  return `${Math.floor(x / CELL.width)} ${Math.floor(y / CELL.height)}`;
}
