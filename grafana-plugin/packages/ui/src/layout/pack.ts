import type { Box, Position } from './types';

/**
 * Packs rectangles into rows so that the whole is about `aspect` times as wide as high; larger ones
 * first, none overlap, `gap` between them. Answers centres; the same boxes give the same picture.
 */
export function pack(
  boxes: readonly Box[],
  aspect: number,
  gap: number,
): { centres: Map<string, Position>; width: number; height: number } {
  const order = [...boxes].sort(
    (a, b) => b.height - a.height || b.width - a.width || (a.id < b.id ? -1 : 1),
  );
  const widest = Math.max(0, ...order.map((box) => box.width));
  const area = order.reduce((sum, box) => sum + (box.width + gap) * (box.height + gap), 0);
  let best = rows(order, Math.max(widest, Math.sqrt(area * aspect)), gap);
  for (let factor = 0.7; factor < 1.8; factor += 0.1) {
    const next = rows(order, Math.max(widest, Math.sqrt(area * aspect) * factor), gap);
    if (cost(next, aspect) < cost(best, aspect)) best = next;
  }
  return best;
}

type Packed = ReturnType<typeof pack>;

/** The side of the smallest frame of the wished shape that holds it. */
function cost(packed: Packed, aspect: number): number {
  return Math.max(packed.width, packed.height * aspect);
}

function rows(order: readonly Box[], limit: number, gap: number): Packed {
  const centres = new Map<string, Position>();
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  let width = 0;
  for (const box of order) {
    if (x > 0 && x + box.width > limit) {
      y += rowHeight + gap;
      x = 0;
      rowHeight = 0;
    }
    centres.set(box.id, [x + box.width / 2, y + box.height / 2]);
    x += box.width + gap;
    width = Math.max(width, x - gap);
    rowHeight = Math.max(rowHeight, box.height);
  }
  return { centres, width, height: y + rowHeight };
}
