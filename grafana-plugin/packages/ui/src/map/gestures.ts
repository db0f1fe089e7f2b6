/** What fingers, mouse and wheel mean on the map. Positions are CSS pixels in the element. */
export interface GestureListener {
  /** True when something that can be dragged lies there. */
  grab(x: number, y: number): boolean;
  drag(x: number, y: number): void;
  drop(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  hover(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number): void;
  doubleClick(x: number, y: number): void;
}

/** A pointer that moved less than this was a click. */
const SLOP = 4;

/** Listens until the answer is called. */
export function listenToGestures(element: HTMLElement, listener: GestureListener): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  const stop = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    handle: (event: HTMLElementEventMap[K]) => void,
  ) => element.addEventListener(type, handle, { signal: stop.signal, passive: false });
  let start = { x: 0, y: 0 };
  let moved = false;
  let dragging = false;
  let spread = 0;

  const at = (event: MouseEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    const point = at(event);
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, point);
    if (pointers.size === 1) {
      start = point;
      moved = false;
      dragging = listener.grab(point.x, point.y);
    } else {
      dragging = false;
      moved = true;
      spread = spreadOf(pointers).distance;
    }
  });

  on('pointermove', (event) => {
    const point = at(event);
    const last = pointers.get(event.pointerId);
    if (!last) return listener.hover(point.x, point.y);
    pointers.set(event.pointerId, point);
    if (pointers.size === 2) {
      const { distance, x, y } = spreadOf(pointers);
      if (spread > 0) listener.zoom(distance / spread, x, y);
      spread = distance;
      listener.pan((point.x - last.x) / 2, (point.y - last.y) / 2);
      return;
    }
    if (!moved && Math.hypot(point.x - start.x, point.y - start.y) < SLOP) return;
    moved = true;
    if (dragging) listener.drag(point.x, point.y);
    else listener.pan(point.x - last.x, point.y - last.y);
  });

  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size > 0) return;
    if (moved) {
      if (dragging) listener.drop();
    } else if (event.type === 'pointerup') {
      const point = at(event);
      listener.click(point.x, point.y);
    }
    dragging = false;
  };
  on('pointerup', up);
  on('pointercancel', up);
  on('pointerleave', () => listener.leave());
  on('dblclick', (event) => {
    const point = at(event);
    listener.doubleClick(point.x, point.y);
  });
  on('wheel', (event) => {
    event.preventDefault();
    const point = at(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.shiftKey) return listener.pan(-event.deltaY * lines, 0);
    const strength = event.ctrlKey ? 0.01 : 0.0016;
    listener.zoom(Math.exp(-event.deltaY * lines * strength), point.x, point.y);
  });
  return () => stop.abort();
}

function spreadOf(pointers: ReadonlyMap<number, { x: number; y: number }>) {
  const [a, b] = [...pointers.values()];
  if (!a || !b) return { distance: 0, x: 0, y: 0 };
  return { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
