import type { Camera } from './camera';
import { draw, type Picture } from './draw';

/** How much more than the window the cached picture shows on each side. */
const MARGIN = 0.25;

/** A picture before its size is known. */
export type Unsized = Omit<Picture, 'width' | 'height'>;

interface Cached {
  camera: Camera;
  margin: { x: number; y: number };
}

/** Puts pictures on a canvas: drawn anew, or the last one moved and scaled. */
export class Painter {
  width = 0;
  height = 0;
  private ratio = 1;
  private readonly ctx: CanvasRenderingContext2D;
  private readonly cache = document.createElement('canvas');
  private cached: Cached | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {
    const ctx = canvas.getContext('2d');
    if (!ctx) throw new Error('this browser gives no 2D canvas; the table shows the same');
    this.ctx = ctx;
  }

  /** As large as the canvas is shown; false while it is not shown. */
  resize(): boolean {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return false;
    this.ratio = Math.min(3, devicePixelRatio || 1);
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.round(clientWidth * this.ratio);
    this.canvas.height = Math.round(clientHeight * this.ratio);
    this.cached = undefined;
    return true;
  }

  /** Draws it sharply. */
  draw(picture: Unsized): void {
    const { ctx, ratio, width, height } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(ctx, { ...picture, width, height });
  }

  /**
   * For what is too heavy to draw in each frame: while it moves, the last drawing is moved. Answers
   * whether the picture was drawn anew.
   *
   * @param changed something else than the camera is different
   */
  drawHeavy(picture: Unsized, moving: boolean, changed: boolean): boolean {
    const stale = changed || this.cached?.camera !== picture.camera;
    const anew = !this.cached || (stale && !moving);
    if (anew) this.cached = this.render(picture);
    if (this.cached) this.paste(this.cached, picture.camera);
    return anew;
  }

  /** Draws the window and a margin around it, so that a pan finds something to show. */
  private render(picture: Unsized): Cached | undefined {
    const margin = { x: Math.round(this.width * MARGIN), y: Math.round(this.height * MARGIN) };
    const width = this.width + 2 * margin.x;
    const height = this.height + 2 * margin.y;
    this.cache.width = Math.round(width * this.ratio);
    this.cache.height = Math.round(height * this.ratio);
    const ctx = this.cache.getContext('2d');
    if (!ctx) return undefined;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const { x, y, k } = picture.camera;
    draw(ctx, { ...picture, width, height, camera: { x: x + margin.x, y: y + margin.y, k } });
    return { camera: picture.camera, margin };
  }

  private paste({ camera, margin }: Cached, now: Camera): void {
    const { ctx } = this;
    const zoom = now.k / camera.k;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    ctx.drawImage(
      this.cache,
      now.x - (camera.x + margin.x) * zoom,
      now.y - (camera.y + margin.y) * zoom,
      (this.width + 2 * margin.x) * zoom,
      (this.height + 2 * margin.y) * zoom,
    );
  }
}
