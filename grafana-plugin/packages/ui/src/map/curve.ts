import type { Position } from '../layout/types';

/** A cubic Bézier: start, two controls, end. */
export type Cubic = readonly [
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
];

/** An edge's way: one curve, or several through the bends that the layout gave it. */
export interface Curve {
  parts: Cubic[];
  /** Where the arrow's tip is, and the direction in which it points. */
  tip: Position;
  heading: Position;
}

/** Circle's radius in the world, and the gap between it and an edge. */
export const RADIUS = 24;
const GAP = 3;
const ARROW = 8;
/** A bend nearer to an end than this would be a kink. */
const BEND = 46;

/**
 * From circle to circle. To the right: out at the right, in at the left, as an S. To the left: the
 * mirror image, a little lower, so that the two edges of a pair are told apart. Within a column: a bow
 * to the right.
 */
export function curveBetween(
  source: Position,
  target: Position,
  route: readonly Position[] | undefined,
  twoWay: boolean,
): Curve {
  const [sx, sy] = source;
  const [tx, ty] = target;
  const dx = tx - sx;
  const reach = RADIUS + GAP;
  if (Math.abs(dx) < RADIUS * 2.2) return bow(source, target, twoWay);
  const way = dx > 0 ? 1 : -1;
  const shift = twoWay ? way * -5 : 0;
  const start: Position = [sx + way * reach, sy + shift];
  const end: Position = [tx - way * (reach + ARROW), ty + shift];
  const tip: Position = [end[0] + way * ARROW, end[1]];
  const points = route && way > 0 ? [start, ...inside(route, start, end), end] : [start, end];
  const parts = smooth(points);
  return { parts, tip, heading: [way, 0] };
}

/** Level at both ends; through the points between, in the direction from the last to the next. */
function smooth(points: readonly Position[]): Cubic[] {
  const parts: Cubic[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [x0, y0] = points[i] as Position;
    const [x3, y3] = points[i + 1] as Position;
    const dx = x3 - x0;
    const half = points.length === 2 ? dx / 2 : dx / 2.6;
    const slopeIn = slopeAt(points, i);
    const slopeOut = slopeAt(points, i + 1);
    parts.push([x0, y0, x0 + half, y0 + half * slopeIn, x3 - half, y3 - half * slopeOut, x3, y3]);
  }
  return parts;
}

function slopeAt(points: readonly Position[], i: number): number {
  const before = points[i - 1];
  const at = points[i];
  const after = points[i + 1];
  if (!before || !at || !after) return 0;
  const up = (at[1] - before[1]) / Math.max(1, at[0] - before[0]);
  const down = (after[1] - at[1]) / Math.max(1, after[0] - at[0]);
  // A turning point stays level, so that the curve does not overshoot it.
  return up * down <= 0 ? 0 : (2 * up * down) / (up + down);
}

function inside(route: readonly Position[], start: Position, end: Position): Position[] {
  return route.filter(([x]) => x > start[0] + BEND && x < end[0] - BEND);
}

function bow([sx, sy]: Position, [tx, ty]: Position, twoWay: boolean): Curve {
  const side = twoWay && ty < sy ? -1 : 1;
  const out = side * Math.min(90, 34 + Math.abs(ty - sy) * 0.16);
  const start: Position = [sx + side * (RADIUS + GAP), sy];
  const end: Position = [tx + side * (RADIUS + GAP + ARROW), ty];
  return {
    parts: [[start[0], sy, start[0] + out, sy, end[0] + out, ty, end[0], ty]],
    tip: [end[0] - side * ARROW, ty],
    heading: [-side, 0],
  };
}

export function pointOn(curve: Curve, t: number): Position {
  const at = Math.min(curve.parts.length - 1, Math.floor(t * curve.parts.length));
  const part = curve.parts[at];
  if (!part) return curve.tip;
  return pointOnCubic(part, t * curve.parts.length - at);
}

export function pointOnCubic(c: Cubic, t: number): Position {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const d = 3 * u * t * t;
  const e = t * t * t;
  return [a * c[0] + b * c[2] + d * c[4] + e * c[6], a * c[1] + b * c[3] + d * c[5] + e * c[7]];
}

/** The distance from a point to the curve, as near as 16 chords a part come. */
export function distanceTo(curve: Curve, x: number, y: number): number {
  let least = Infinity;
  for (const part of curve.parts) {
    let [px, py] = [part[0], part[1]];
    for (let i = 1; i <= 16; i++) {
      const [qx, qy] = pointOnCubic(part, i / 16);
      least = Math.min(least, toSegment(x, y, px, py, qx, qy));
      [px, py] = [qx, qy];
    }
  }
  return least;
}

function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
