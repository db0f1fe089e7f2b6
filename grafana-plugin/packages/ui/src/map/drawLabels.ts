import { FONT, onScreen, type Sheet } from './draw';
import { halo } from './drawHulls';
import { cut } from './labels';
import type { SceneNode } from './scene';

/** Below this light a name is noise. */
const READABLE = 0.2;

/** Names under the circles, the most important first; whoever finds no room goes without. */
export function drawLabels(sheet: Sheet): void {
  const { ctx, scene, camera, detail } = sheet;
  if (detail.level === 'near') return;
  const candidates: SceneNode[] = [];
  for (const node of scene.nodes.values()) {
    if (node.light < READABLE) continue;
    if (onScreen(sheet, node.x * camera.k + camera.x, node.y * camera.k + camera.y, 60)) {
      candidates.push(node);
    }
  }
  candidates.sort((a, b) => weight(b, sheet) - weight(a, sheet) || (a.id < b.id ? -1 : 1));
  const most = 900;
  for (const node of candidates.slice(0, most)) drawLabel(node, sheet);
  ctx.globalAlpha = 1;
}

function drawLabel(node: SceneNode, sheet: Sheet): void {
  const { ctx, camera, detail, palette, room } = sheet;
  const x = node.x * camera.k + camera.x;
  const y = node.y * camera.k + camera.y + detail.radius + 4;
  const forced = node.id === sheet.hoverNode || node.id === sheet.selectedNode;
  const size = detail.font;
  const label = cut(node.node.label, forced ? 60 : 20);
  ctx.font = `600 ${size}px ${FONT}`;
  const labelWidth = ctx.measureText(label).width;
  const minor = detail.radius >= 14 || forced ? cut(node.node.sublabel, forced ? 36 : 24) : '';
  ctx.font = `400 ${size - 1.5}px ${FONT}`;
  const minorWidth = minor === '' ? 0 : ctx.measureText(minor).width;
  const width = Math.max(labelWidth, minorWidth);
  const full = {
    x: x - width / 2 - 2,
    y,
    width: width + 4,
    height: minor === '' ? size + 3 : size * 2 + 5,
  };
  let withMinor = minor !== '';
  if (forced) room.block(full);
  else if (!room.take(full)) {
    const short = { x: x - labelWidth / 2 - 2, y, width: labelWidth + 4, height: size + 3 };
    if (!withMinor || !room.take(short)) return;
    withMinor = false;
  }
  ctx.globalAlpha = Math.min(1, node.light * 1.15) * node.presence;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.font = `600 ${size}px ${FONT}`;
  halo(ctx, label, x, y + 1, palette.bg);
  ctx.fillStyle = palette.text;
  ctx.fillText(label, x, y + 1);
  if (!withMinor) return;
  ctx.font = `400 ${size - 1.5}px ${FONT}`;
  halo(ctx, minor, x, y + size + 4, palette.bg);
  ctx.fillStyle = palette.mute;
  ctx.fillText(minor, x, y + size + 4);
}

function weight(node: SceneNode, sheet: Sheet): number {
  if (node.id === sheet.hoverNode) return 1e9;
  if (node.id === sheet.selectedNode) return 1e8;
  return node.importance + node.light * 1000;
}
