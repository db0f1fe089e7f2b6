import type { Camera } from './camera';
import { detailAt, type Detail } from './detail';
import { drawEdges, drawEdgeLabels } from './drawEdges';
import { drawHullNames, drawHulls } from './drawHulls';
import { drawNodes } from './drawNodes';
import { drawLabels } from './drawLabels';
import { Room } from './labels';
import type { Palette } from './palette';
import type { Ring, RingScale } from './rings';
import type { Scene } from './scene';

/** Everything a picture depends on. */
export interface Picture {
  scene: Scene;
  camera: Camera;
  width: number;
  height: number;
  palette: Palette;
  ring: Ring;
  scale: RingScale;
  selectedNode: string | undefined;
  selectedEdge: string | undefined;
  hoverNode: string | undefined;
  hoverEdge: string | undefined;
  /** The node the keyboard is on. */
  focusNode: string | undefined;
}

/** A picture with what follows from its scale. */
export interface Sheet extends Picture {
  ctx: CanvasRenderingContext2D;
  detail: Detail;
  room: Room;
}

export const FONT = 'Inter, system-ui, -apple-system, "Segoe UI", sans-serif';

/** Paints a picture onto a canvas whose unit is the CSS pixel. From back to front. */
export function draw(ctx: CanvasRenderingContext2D, picture: Picture): void {
  const { width, height, camera } = picture;
  ctx.clearRect(0, 0, width, height);
  const sheet: Sheet = { ...picture, ctx, detail: detailAt(camera.k), room: new Room() };
  drawHulls(sheet);
  drawEdges(sheet);
  drawNodes(sheet);
  drawHullNames(sheet);
  drawLabels(sheet);
  drawEdgeLabels(sheet);
}

export function onScreen(sheet: Picture, x: number, y: number, margin: number): boolean {
  return x > -margin && y > -margin && x < sheet.width + margin && y < sheet.height + margin;
}
