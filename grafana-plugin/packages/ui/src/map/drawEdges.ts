import * as format from '../format';
import { strings } from '../strings';
import type { Camera } from './camera';
import { pointOn } from './curve';
import { FONT, onScreen, type Sheet } from './draw';
import type { Palette } from './palette';
import type { Trouble } from './rings';
import type { SceneEdge } from './scene';

/** Long paths are cut into pieces: a rasteriser's work grows faster than a path's length. */
const CURVES_PER_STROKE = 150;

/** How an edge in trouble is drawn. */
const DASHES: Record<Trouble, number[]> = { failed: [6, 4], reset: [2, 3] };

/** Draws edges in batches of one style, the marked and troubled ones on top. */
export function drawEdges(sheet: Sheet): void {
  const { ctx, scene, palette, detail, camera } = sheet;
  const quiet: SceneEdge[] = [];
  const loud: SceneEdge[] = [];
  for (const edge of scene.edges.values()) {
    if (!mayShow(edge, sheet)) continue;
    const special =
      edge.marked || edge.trouble || edge.id === sheet.hoverEdge || edge.id === sheet.selectedEdge;
    (special ? loud : quiet).push(edge);
  }
  const batches = new Map<number, SceneEdge[]>();
  for (const edge of quiet) {
    const width = Math.round(screenWidth(edge, camera) * 2);
    const alpha = Math.round(edge.light * edge.presence * restAlpha(sheet) * 20);
    const key = alpha * 100 + width;
    const batch = batches.get(key);
    if (batch) batch.push(edge);
    else batches.set(key, [edge]);
  }
  ctx.lineCap = 'butt';
  ctx.setLineDash([]);
  ctx.strokeStyle = palette.edge;
  ctx.fillStyle = palette.edge;
  for (const [key, batch] of [...batches].sort((a, b) => a[0] - b[0])) {
    ctx.globalAlpha = Math.floor(key / 100) / 20;
    if (ctx.globalAlpha === 0) continue;
    ctx.lineWidth = (key % 100) / 2;
    for (let from = 0; from < batch.length; from += CURVES_PER_STROKE) {
      const piece = batch.slice(from, from + CURVES_PER_STROKE);
      ctx.beginPath();
      for (const edge of piece) trace(ctx, edge, camera);
      ctx.stroke();
      if (!detail.arrows) continue;
      ctx.beginPath();
      for (const edge of piece) arrow(ctx, edge, camera);
      ctx.fill();
    }
  }
  for (const edge of loud) drawLoud(edge, sheet);
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

function drawLoud(edge: SceneEdge, { ctx, palette, camera, hoverEdge, selectedEdge }: Sheet): void {
  const chosen = edge.id === hoverEdge || edge.id === selectedEdge;
  const colour = edge.trouble ? colourOf(edge.trouble, palette) : palette.accent;
  ctx.globalAlpha = edge.presence * (chosen || edge.marked ? 1 : edge.light * 0.9);
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = screenWidth(edge, camera) + (chosen ? 1.2 : 0.3);
  ctx.setLineDash(edge.trouble ? DASHES[edge.trouble] : []);
  ctx.beginPath();
  trace(ctx, edge, camera);
  ctx.stroke();
  ctx.beginPath();
  arrow(ctx, edge, camera);
  ctx.fill();
}

/** Many edges at once are drawn fainter, or they would bury the nodes. */
function restAlpha({ scene }: Sheet): number {
  const count = scene.edges.size;
  return count > 6000 ? 0.12 : count > 1200 ? 0.3 : count > 250 ? 0.42 : 0.62;
}

function screenWidth(edge: SceneEdge, camera: Camera): number {
  return Math.max(0.6, edge.width * Math.min(1.3, Math.max(0.35, camera.k)));
}

function mayShow(edge: SceneEdge, { camera, width, height }: Sheet): boolean {
  const margin = 120 * camera.k;
  const x0 = edge.source.x * camera.k + camera.x;
  const x1 = edge.target.x * camera.k + camera.x;
  const y0 = edge.source.y * camera.k + camera.y;
  const y1 = edge.target.y * camera.k + camera.y;
  return !(
    Math.max(x0, x1) < -margin ||
    Math.min(x0, x1) > width + margin ||
    Math.max(y0, y1) < -margin ||
    Math.min(y0, y1) > height + margin
  );
}

function trace(ctx: CanvasRenderingContext2D, edge: SceneEdge, { x, y, k }: Camera): void {
  let first = true;
  for (const c of edge.curve.parts) {
    if (first) ctx.moveTo(c[0] * k + x, c[1] * k + y);
    first = false;
    ctx.bezierCurveTo(
      c[2] * k + x,
      c[3] * k + y,
      c[4] * k + x,
      c[5] * k + y,
      c[6] * k + x,
      c[7] * k + y,
    );
  }
}

function arrow(ctx: CanvasRenderingContext2D, edge: SceneEdge, { x, y, k }: Camera): void {
  const { tip, heading } = edge.curve;
  const tipX = tip[0] * k + x;
  const tipY = tip[1] * k + y;
  const length = 8 * Math.min(1.4, Math.max(0.45, k)) + Math.max(0, edge.width - 2) * 0.6;
  const half = length * 0.52;
  const backX = tipX - heading[0] * length;
  const backY = tipY - heading[1] * length;
  ctx.moveTo(tipX, tipY);
  ctx.lineTo(backX - heading[1] * half, backY - heading[0] * half);
  ctx.lineTo(backX + heading[1] * half, backY + heading[0] * half);
  ctx.closePath();
}

/**
 * Edges in trouble say how much of it, where names leave room; colour and dashes say that there is
 * some.
 */
export function drawEdgeLabels(sheet: Sheet): void {
  const { ctx, scene, palette, camera, room, detail } = sheet;
  if (detail.radius < 5) return;
  ctx.font = `500 10.5px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const troubled = [...scene.edges.values()]
    .filter((edge) => edge.light > 0.5)
    .sort((a, b) => rate(b, 'failed') - rate(a, 'failed') || rate(b, 'reset') - rate(a, 'reset'));
  for (const edge of troubled) {
    if (!edge.trouble) continue;
    const colour = colourOf(edge.trouble, palette);
    const text = troubleText(edge);
    const width = ctx.measureText(text).width + 16;
    for (const t of [0.42, 0.5, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]) {
      const [worldX, worldY] = pointOn(edge.curve, t);
      const x = worldX * camera.k + camera.x;
      const y = worldY * camera.k + camera.y;
      if (!onScreen(sheet, x, y, 20)) continue;
      if (!room.take({ x: x - width / 2, y: y - 10, width, height: 20 })) continue;
      ctx.globalAlpha = edge.presence;
      ctx.beginPath();
      ctx.roundRect(x - width / 2, y - 9.5, width, 19, 9.5);
      ctx.fillStyle = palette.panel;
      ctx.fill();
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1;
      ctx.stroke();
      ctx.fillStyle = colour;
      ctx.fillText(text, x, y + 0.5);
      break;
    }
  }
  ctx.globalAlpha = 1;
}

function colourOf(trouble: Trouble, palette: Palette): string {
  return trouble === 'failed' ? palette.bad : palette.warn;
}

function rate({ edge }: SceneEdge, trouble: Trouble): number {
  return edge.connections[trouble] ?? 0;
}

function troubleText(edge: SceneEdge): string {
  const failed = rate(edge, 'failed');
  const reset = rate(edge, 'reset');
  return [
    failed > 0 ? strings.map.failedRate(format.rate(failed)) : '',
    reset > 0 ? strings.map.resetRate(format.rate(reset)) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
