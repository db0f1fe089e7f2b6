import * as format from '../format';
import { onScreen, FONT, type Sheet } from './draw';
import { glyphPath } from './glyphs';
import { cut } from './labels';
import type { SceneNode } from './scene';

/** Half the size of a card in the world: what a node becomes near by. */
export const CARD = { width: 58, height: 31 };

export function drawNodes(sheet: Sheet): void {
  const { ctx, scene, camera, detail, room } = sheet;
  const radius = detail.radius;
  const light: SceneNode[] = [];
  const dim: SceneNode[] = [];
  for (const node of scene.nodes.values()) {
    if (
      !onScreen(sheet, node.x * camera.k + camera.x, node.y * camera.k + camera.y, 70 * camera.k)
    ) {
      continue;
    }
    (node.light < 1 ? dim : light).push(node);
  }
  for (const node of [...dim, ...light]) {
    const x = node.x * camera.k + camera.x;
    const y = node.y * camera.k + camera.y;
    ctx.globalAlpha = node.light * node.presence * (node.node.stale ? 0.6 : 1);
    if (detail.level === 'near') drawCard(node, x, y, sheet);
    else if (!detail.glyph) drawDot(node, x, y, sheet);
    else drawCircle(node, x, y, sheet);
    room.block({ x: x - radius, y: y - radius, width: radius * 2, height: radius * 2 });
  }
  ctx.globalAlpha = 1;
}

function drawDot(node: SceneNode, x: number, y: number, sheet: Sheet): void {
  const { ctx, palette, detail } = sheet;
  const chosen = isChosen(node, sheet);
  const hue = palette.hue[node.hue];
  const radius = detail.radius;
  ctx.beginPath();
  ctx.arc(x, y, chosen ? radius + 1.5 : radius, 0, Math.PI * 2);
  if (radius < 4.5) {
    ctx.fillStyle = chosen ? palette.accent : hue;
    ctx.fill();
    return;
  }
  ctx.fillStyle = palette.panel;
  ctx.fill();
  ctx.strokeStyle = chosen ? palette.accent : hue;
  ctx.lineWidth = chosen ? 2.2 : 1.3;
  if (node.node.pseudo) ctx.setLineDash([2.5, 2.5]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, radius * 0.42, 0, Math.PI * 2);
  ctx.fillStyle = hue;
  ctx.fill();
  drawRing(node, x, y, radius - 0.4, 2, sheet);
}

function drawCircle(node: SceneNode, x: number, y: number, sheet: Sheet): void {
  const { ctx, palette, detail, camera } = sheet;
  const radius = detail.radius;
  const scale = radius / 24;
  const chosen = isChosen(node, sheet);
  if (node.node.count > 1) drawStack(node, x, y, sheet);
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.fillStyle = palette.panel;
  ctx.fill();
  ctx.strokeStyle = chosen ? palette.accent : node.node.pseudo ? palette.faint : palette.line;
  ctx.lineWidth = chosen ? 2.5 : 1.2;
  if (node.node.pseudo || node.node.stale) ctx.setLineDash([4 * scale + 1, 3 * scale + 1]);
  ctx.stroke();
  ctx.setLineDash([]);
  drawRing(node, x, y, radius - 3.2 * scale, Math.max(2, 3 * scale), sheet);
  drawGlyph(node, x, y, 20 * scale, sheet);
  if (node.node.selfEdge) drawSelfEdge(x, y, radius, camera.k, sheet);
  if (isFocused(node, sheet)) drawFocus(x, y, radius + 4, sheet);
}

/** Two edges of circles behind: more than one stands here. */
function drawStack(node: SceneNode, x: number, y: number, { ctx, palette, detail }: Sheet): void {
  const radius = detail.radius;
  const step = Math.max(2, radius * 0.13);
  for (const i of [2, 1]) {
    ctx.beginPath();
    ctx.arc(x + step * i, y - step * i * 0.6, radius, 0, Math.PI * 2);
    ctx.fillStyle = palette.raise;
    ctx.fill();
    ctx.strokeStyle = node.node.stale ? palette.line : palette.faint;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
}

function drawRing(
  node: SceneNode,
  x: number,
  y: number,
  radius: number,
  width: number,
  { ctx, palette, scale, ring }: Sheet,
): void {
  const value = scale.values.get(node.id);
  if (value === undefined || value <= 0) return;
  const share = Math.min(1, value / scale.full);
  ctx.beginPath();
  ctx.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + Math.max(0.12, share * Math.PI * 2));
  ctx.strokeStyle =
    ring === 'failures'
      ? palette.bad
      : ring === 'cpu' && share > 0.8
        ? palette.warn
        : palette.hue[node.hue];
  ctx.lineWidth = width;
  ctx.lineCap = 'round';
  ctx.stroke();
  ctx.lineCap = 'butt';
}

function drawGlyph(node: SceneNode, x: number, y: number, size: number, sheet: Sheet): void {
  const { ctx, palette } = sheet;
  ctx.save();
  ctx.translate(x - size / 2, y - size / 2);
  ctx.scale(size / 24, size / 24);
  ctx.strokeStyle = palette.hue[node.hue];
  ctx.lineWidth = Math.max(1.5, 1.7 * (18 / Math.max(10, size)));
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.stroke(glyphPath(node.role));
  ctx.restore();
}

/** A small loop at the top right: it talks to itself. */
function drawSelfEdge(x: number, y: number, radius: number, k: number, sheet: Sheet): void {
  const { ctx, palette } = sheet;
  const loop = Math.max(4, 8 * k);
  const centreX = x - radius * 0.78;
  const centreY = y - radius * 0.78;
  ctx.beginPath();
  ctx.arc(centreX, centreY, loop, 0.45 * Math.PI, 1.95 * Math.PI);
  ctx.strokeStyle = palette.edge;
  ctx.lineWidth = Math.max(1, 1.3 * Math.min(1, k));
  ctx.stroke();
  const tipX = centreX + loop;
  const tipY = centreY + 1;
  ctx.beginPath();
  ctx.moveTo(tipX, tipY + loop * 0.5);
  ctx.lineTo(tipX - loop * 0.42, tipY - loop * 0.2);
  ctx.lineTo(tipX + loop * 0.42, tipY - loop * 0.2);
  ctx.closePath();
  ctx.fillStyle = palette.edge;
  ctx.fill();
}

function drawFocus(x: number, y: number, radius: number, { ctx, palette }: Sheet): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.strokeStyle = palette.text;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([2, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Near by a node is a card with its name and its figures. */
function drawCard(node: SceneNode, x: number, y: number, sheet: Sheet): void {
  const { ctx, palette, camera, scale } = sheet;
  const halfWidth = CARD.width * camera.k;
  const halfHeight = CARD.height * camera.k;
  const unit = camera.k;
  const chosen = isChosen(node, sheet);
  const left = x - halfWidth;
  const top = y - halfHeight + 8 * unit;
  if (node.node.count > 1) {
    ctx.beginPath();
    ctx.roundRect(left + 3 * unit, top - 3 * unit, halfWidth * 2, halfHeight * 2, 6 * unit);
    ctx.fillStyle = palette.raise;
    ctx.fill();
    ctx.strokeStyle = palette.faint;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.roundRect(left, top, halfWidth * 2, halfHeight * 2, 6 * unit);
  ctx.fillStyle = palette.panel;
  ctx.fill();
  ctx.strokeStyle = chosen ? palette.accent : palette.line;
  ctx.lineWidth = chosen ? 2.5 : 1.2;
  if (node.node.pseudo || node.node.stale) ctx.setLineDash([6, 4]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (isFocused(node, sheet)) {
    ctx.beginPath();
    ctx.roundRect(left - 4, top - 4, halfWidth * 2 + 8, halfHeight * 2 + 8, 7 * unit);
    ctx.strokeStyle = palette.text;
    ctx.setLineDash([2, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  drawGlyph(node, left + 13 * unit, top + 14 * unit, 15 * unit, sheet);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const textX = left + 24 * unit;
  ctx.fillStyle = palette.text;
  ctx.font = `600 ${8.2 * unit}px ${FONT}`;
  ctx.fillText(cut(node.node.label, 20), textX, top + 13 * unit);
  ctx.fillStyle = palette.mute;
  ctx.font = `400 ${6.4 * unit}px ${FONT}`;
  ctx.fillText(cut(node.node.sublabel, 26), textX, top + 22 * unit);
  const share = Math.min(1, (scale.values.get(node.id) ?? 0) / scale.full);
  const barWidth = halfWidth * 2 - 16 * unit;
  ctx.fillStyle = palette.line;
  ctx.fillRect(left + 8 * unit, top + 31 * unit, barWidth, 2 * unit);
  ctx.fillStyle = palette.hue[node.hue];
  ctx.fillRect(left + 8 * unit, top + 31 * unit, barWidth * share, 2 * unit);
  const figures: string[] = [];
  if (node.node.metrics.cpu !== undefined) figures.push(format.cores(node.node.metrics.cpu));
  if (node.node.metrics.memory !== undefined) figures.push(format.bytes(node.node.metrics.memory));
  figures.push(`${node.degree} ⇄`);
  ctx.fillStyle = palette.text;
  ctx.font = `500 ${6.6 * unit}px ${FONT}`;
  figures.forEach((figure, i) => {
    ctx.textAlign = i === figures.length - 1 ? 'right' : i === 0 ? 'left' : 'center';
    const at = [left + 8 * unit, x + 4 * unit, left + halfWidth * 2 - 8 * unit];
    ctx.fillText(figure, at[i === figures.length - 1 ? 2 : i] ?? x, top + 47 * unit);
  });
}

function isChosen(node: SceneNode, sheet: Sheet): boolean {
  return node.id === sheet.selectedNode || node.id === sheet.hoverNode;
}

function isFocused(node: SceneNode, sheet: Sheet): boolean {
  return node.id === sheet.focusNode;
}
