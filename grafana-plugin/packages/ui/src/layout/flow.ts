import { layersOf, neighboursOf, orderedLayers } from './layers';
import type { Arrangement, Box, Link, Position } from './types';

/**
 * Boxes of very different sizes, in the order of their layers, set into columns as text is set into
 * lines. Denser than layers, and still read from left to right. Of several column heights the one that
 * fills the wished shape best is taken.
 */
export function flow(
  boxes: readonly Box[],
  links: readonly Link[],
  aspect: number,
  gap: number,
): Arrangement {
  const neighbours = neighboursOf(boxes, links);
  const order = orderedLayers(layersOf(neighbours), neighbours).flat();
  const area = boxes.reduce((sum, box) => sum + (box.width + gap) * (box.height + gap), 0);
  const tallest = Math.max(0, ...boxes.map((box) => box.height));
  let best: Arrangement | undefined;
  for (let factor = 0.6; factor < 2; factor += 0.1) {
    const limit = Math.max(tallest, Math.sqrt(area / aspect) * factor);
    const next = columns(boxes, order, limit, gap);
    if (!best || frame(next, aspect) < frame(best, aspect)) best = next;
  }
  return best ?? { centres: new Map(), routes: new Map(), width: 0, height: 0 };
}

/** The width of the smallest frame of the wished shape that holds it. */
export function frame(
  { width, height }: { width: number; height: number },
  aspect: number,
): number {
  return Math.max(width, height * aspect);
}

function columns(
  boxes: readonly Box[],
  order: readonly number[],
  limit: number,
  gap: number,
): Arrangement {
  const made: { boxes: Box[]; height: number; width: number }[] = [];
  for (const i of order) {
    const box = boxes[i];
    if (!box) continue;
    const last = made.at(-1);
    if (last && last.height + gap + box.height <= limit) {
      last.boxes.push(box);
      last.height += gap + box.height;
      last.width = Math.max(last.width, box.width);
    } else made.push({ boxes: [box], height: box.height, width: box.width });
  }
  const height = Math.max(0, ...made.map((column) => column.height));
  const centres = new Map<string, Position>();
  let x = 0;
  for (const column of made) {
    let y = (height - column.height) / 2;
    for (const box of column.boxes) {
      centres.set(box.id, [x + column.width / 2, y + box.height / 2]);
      y += box.height + gap;
    }
    x += column.width + gap * 1.8;
  }
  return { centres, routes: new Map(), width: Math.max(0, x - gap * 1.8), height };
}
