import type { Sheet } from './draw';
import { FONT } from './draw';
import { cut } from './labels';
import type { Hull } from './scene';

export function drawHulls({ ctx, scene, camera, palette }: Sheet): void {
  for (const hull of scene.hulls) {
    const { x, y, width, height } = placeOf(hull, camera);
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, Math.max(4, Math.min(18, 18 * camera.k)));
    ctx.fillStyle = palette.hull;
    ctx.fill();
    ctx.strokeStyle = palette.hullLine;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
}

/** The name inside at the top left; from afar, where that is too small, large in the middle. */
export function drawHullNames({ ctx, scene, camera, palette, detail, room }: Sheet): void {
  ctx.textBaseline = 'alphabetic';
  for (const hull of scene.hulls) {
    const { x, y, width, height } = placeOf(hull, camera);
    if (width < 26) continue;
    const far = detail.level === 'far';
    const size = far ? Math.min(15, Math.max(11, width / 14)) : 11.5;
    ctx.font = `600 ${size}px ${FONT}`;
    const roomFor = far ? Math.max(width, 110) : width - 12;
    const text = cut(hull.group, Math.max(4, Math.floor(roomFor / (size * 0.58))));
    const measured = ctx.measureText(text).width;
    const inset = Math.max(4, Math.min(14, 14 * camera.k));
    const textX = x + inset;
    const textY = far ? y - 5 : y + Math.max(size + 2, Math.min(20, 20 * camera.k + 2));
    const rect = { x: textX - 2, y: textY - size, width: measured + 4, height: size + 4 };
    if (!room.take(rect)) continue;
    ctx.textAlign = 'left';
    if (far) halo(ctx, text, textX, textY, palette.bg);
    ctx.fillStyle = far ? palette.text : palette.mute;
    ctx.fillText(text, textX, textY);
    if (!far && height > 60) {
      ctx.font = `400 ${size}px ${FONT}`;
      ctx.fillStyle = palette.faint;
      ctx.fillText(String(hull.count), textX + measured + 7, textY);
    }
  }
}

export function halo(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
): void {
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colour;
  ctx.strokeText(text, x, y);
}

function placeOf({ bounds }: Hull, camera: Sheet['camera']) {
  return {
    x: bounds.left * camera.k + camera.x,
    y: bounds.top * camera.k + camera.y,
    width: (bounds.right - bounds.left) * camera.k,
    height: (bounds.bottom - bounds.top) * camera.k,
  };
}
