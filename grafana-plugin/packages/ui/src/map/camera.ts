/** Screen = world × k + (x, y). */
export interface Camera {
  x: number;
  y: number;
  k: number;
}

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Parts of the window that something lies over; the picture is fitted into the rest. */
export interface Insets {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const MIN_SCALE = 0.02;
const MAX_SCALE = 3;
/** A small graph is not blown up beyond this. */
const MAX_FIT = 1.15;

export function zoomAt(camera: Camera, factor: number, x: number, y: number): Camera {
  const k = clampScale(camera.k * factor);
  const ratio = k / camera.k;
  return { k, x: x - (x - camera.x) * ratio, y: y - (y - camera.y) * ratio };
}

export function fit(bounds: Bounds, width: number, height: number, insets: Insets): Camera {
  const roomX = Math.max(50, width - insets.left - insets.right);
  const roomY = Math.max(50, height - insets.top - insets.bottom);
  const k = clampScale(
    Math.min(
      roomX / Math.max(1, bounds.right - bounds.left),
      roomY / Math.max(1, bounds.bottom - bounds.top),
      MAX_FIT,
    ),
  );
  return {
    k,
    x: insets.left + roomX / 2 - ((bounds.left + bounds.right) / 2) * k,
    y: insets.top + roomY / 2 - ((bounds.top + bounds.bottom) / 2) * k,
  };
}

/** Between two cameras; the scale moves geometrically so that a zoom looks even. */
export function between(from: Camera, to: Camera, t: number): Camera {
  const k = from.k * Math.pow(to.k / from.k, t);
  return { k, x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}

function clampScale(k: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, k));
}
