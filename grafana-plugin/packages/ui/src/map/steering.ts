import { between, zoomAt, type Camera } from './camera';

const GLIDE_MS = 320;

/** Where the camera is, and where it glides to. Has no clock: who uses it says what time it is. */
export class Steering {
  private at: Camera = { x: 0, y: 0, k: 1 };
  private glide: { from: Camera; to: Camera; since: number } | undefined;
  private moved = -Infinity;

  get camera(): Camera {
    return this.at;
  }

  /** Where it will be when it has arrived. */
  get target(): Camera {
    return this.glide?.to ?? this.at;
  }

  /** When it last moved; never before it did. */
  get movedAt(): number {
    return this.moved;
  }

  /** Without gliding, and without counting as a movement: the first look at a picture. */
  place(camera: Camera): void {
    this.glide = undefined;
    this.at = camera;
  }

  /** At once, as a hand moves it. */
  move(camera: Camera, now: number): void {
    this.place(camera);
    this.moved = now;
  }

  glideTo(camera: Camera, now: number): void {
    this.glide = { from: this.at, to: camera, since: now };
    this.moved = now;
  }

  panBy(dx: number, dy: number, now: number): void {
    this.move({ ...this.at, x: this.at.x + dx, y: this.at.y + dy }, now);
  }

  zoomBy(factor: number, x: number, y: number, now: number): void {
    this.move(zoomAt(this.at, factor, x, y), now);
  }

  /** Goes on with the glide; true while it is still under way. */
  step(now: number): boolean {
    if (!this.glide) return false;
    const t = Math.min(1, (now - this.glide.since) / GLIDE_MS);
    this.at = between(this.glide.from, this.glide.to, 1 - Math.pow(1 - t, 3));
    this.moved = now;
    if (t >= 1) this.glide = undefined;
    return this.glide !== undefined;
  }
}
