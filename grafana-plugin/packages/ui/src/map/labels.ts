/** A rectangle on the screen. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

const BUCKET = 64;

/**
 * The room that is taken on the screen. Labels ask for theirs in the order of their importance; who
 * comes later and finds it taken is not drawn. Rectangles are found by a coarse grid, so asking costs
 * the same however many there are.
 */
export class Room {
  private readonly buckets = new Map<number, Rect[]>();

  /** Takes the room if all of it is free. */
  take(rect: Rect): boolean {
    if (!this.isFree(rect)) return false;
    this.block(rect);
    return true;
  }

  /** Takes the room whether it is free or not. */
  block(rect: Rect): void {
    this.each(rect, (key) => {
      const bucket = this.buckets.get(key);
      if (bucket) bucket.push(rect);
      else this.buckets.set(key, [rect]);
    });
  }

  isFree(rect: Rect): boolean {
    let free = true;
    this.each(rect, (key) => {
      for (const other of this.buckets.get(key) ?? []) {
        if (overlap(rect, other)) free = false;
      }
    });
    return free;
  }

  private each(rect: Rect, visit: (key: number) => void): void {
    const right = Math.floor((rect.x + rect.width) / BUCKET);
    const bottom = Math.floor((rect.y + rect.height) / BUCKET);
    for (let column = Math.floor(rect.x / BUCKET); column <= right; column++) {
      for (let row = Math.floor(rect.y / BUCKET); row <= bottom; row++) {
        visit(column * 65_536 + row);
      }
    }
  }
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Cuts text in the middle, where names differ least, to at most `most` characters. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor((most - 1) / 3);
  return `${text.slice(0, most - 1 - tail)}…${tail === 0 ? '' : text.slice(-tail)}`;
}
