import type { Graph } from '../graph/graph';
import type { Placement } from '../layout/keeper';
import type { Position } from '../layout/types';
import { between, fit, zoomAt, type Camera, type Insets } from './camera';
import { distanceTo } from './curve';
import { detailAt } from './detail';
import { draw, type Picture } from './draw';
import { CARD } from './drawNodes';
import { listenToGestures } from './gestures';
import { light } from './lighting';
import { readPalette, type Palette } from './palette';
import { ringScale, type Ring, type RingScale } from './rings';
import { Scene, type SceneEdge, type SceneNode } from './scene';
import { walk, type Direction } from './walk';

export interface Hover {
  node?: SceneNode;
  edge?: SceneEdge;
  x: number;
  y: number;
}

export interface MapListener {
  onSelect(selection: { node: string } | { edge: string } | undefined): void;
  onOpen(node: string): void;
  onHover(hover: Hover | undefined): void;
  /** The keyboard is on this node, for a screen reader. */
  onFocus(node: SceneNode | undefined): void;
  onPin(node: string, at: Position, edges: string[]): void;
  onCamera(camera: Camera): void;
}

/** From this many nodes and edges on, a moving picture is moved, not drawn. */
const HEAVY = 2500;
/** What lies over the map: chips above, legend below, the zoom buttons at the right. */
const INSETS: Insets = { left: 24, right: 60, top: 56, bottom: 64 };
const SHARP_AFTER_MS = 140;
const GLIDE_MS = 320;
/** How much more than the window the cached picture shows on each side. */
const MARGIN = 0.25;

/**
 * The map on a canvas. Owns scene, camera and the frame loop; draws only when something changed. While
 * a heavy picture is panned or zoomed, the last sharp one is moved and scaled, and drawn anew when
 * still. No React in here: whoever shows it sets what it shows and hears what was done.
 */
export class ScopeMap {
  readonly scene = new Scene();
  private readonly ctx: CanvasRenderingContext2D;
  private readonly cache = document.createElement('canvas');
  private cached: { camera: Camera; margin: { x: number; y: number } } | undefined;
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly stop: (() => void)[] = [];
  private camera: Camera = { x: 0, y: 0, k: 1 };
  private glide: { from: Camera; to: Camera; since: number } | undefined;
  private width = 0;
  private height = 0;
  private ratio = 1;
  private palette: Palette;
  private ring: Ring = 'cpu';
  private scale: RingScale = { full: 1, values: new Map() };
  private graph: Graph | undefined;
  private selectedNode: string | undefined;
  private selectedEdge: string | undefined;
  private matches: ReadonlySet<string> | undefined;
  private hoverNode: string | undefined;
  private hoverEdge: string | undefined;
  private focusNode: string | undefined;
  /** The focus is only drawn for those who use the keyboard. */
  private byKeyboard = false;
  private grabbed: string | undefined;
  private frame = 0;
  private last = 0;
  private moving = 0;
  private dirty = true;
  /** A person moved the camera: the picture is not fitted behind their back any more. */
  private steered = false;
  private fitted = false;
  private insets = INSETS;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly listener: MapListener,
  ) {
    const ctx = canvas.getContext('2d');
    if (!ctx) throw new Error('this browser gives no 2D canvas; the table shows the same');
    this.ctx = ctx;
    this.palette = readPalette(canvas);
    const size = new ResizeObserver(() => this.resize());
    size.observe(canvas);
    this.stop.push(() => size.disconnect(), this.listen());
    this.resize();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    for (const stop of this.stop) stop();
  }

  /** Another view or other options: nothing of the old picture is carried over. */
  reset(): void {
    this.scene.clear();
    this.graph = undefined;
    this.steered = false;
    this.fitted = false;
    this.focusNode = undefined;
    this.hover(undefined);
    this.repaint();
  }

  show(graph: Graph, placement: Placement): void {
    this.graph = graph;
    // The note that says so lies under the chips.
    this.insets = placement.method === 'fast' ? { ...INSETS, top: 92 } : INSETS;
    const animate = !this.calm.matches && graph.nodes.size + graph.edges.size < HEAVY * 2;
    this.scene.update(graph, placement, animate);
    this.measureRing();
    this.relight();
    if (placement.anew || !this.fitted) {
      if (!this.steered || placement.anew) this.fit(this.fitted && animate);
      this.fitted = this.scene.nodes.size > 0;
    }
  }

  setRing(ring: Ring): RingScale {
    this.ring = ring;
    this.measureRing();
    this.repaint();
    return this.scale;
  }

  get ringScale(): RingScale {
    return this.scale;
  }

  select(node: string | undefined, edge: string | undefined): void {
    this.selectedNode = node;
    this.selectedEdge = edge;
    if (node !== undefined) this.focusNode = node;
    this.relight();
  }

  setMatches(matches: ReadonlySet<string> | undefined): void {
    this.matches = matches;
    this.relight();
  }

  /** The theme changed. */
  recolour(): void {
    this.palette = readPalette(this.canvas);
    this.repaint();
  }

  fit(smooth = true, only?: ReadonlySet<string>): void {
    const bounds = this.scene.bounds(only);
    if (!bounds) return;
    this.hover(undefined);
    this.steered = only !== undefined;
    this.goTo(fit(bounds, this.width, this.height, this.insets), smooth);
  }

  zoomBy(factor: number): void {
    this.steered = true;
    this.goTo(zoomAt(this.glide?.to ?? this.camera, factor, this.width / 2, this.height / 2), true);
  }

  panBy(dx: number, dy: number): void {
    this.steered = true;
    const { x, y, k } = this.glide?.to ?? this.camera;
    this.goTo({ x: x + dx, y: y + dy, k }, true);
  }

  /** Moves the keyboard's node; brings it into the window. */
  step(direction: Direction): void {
    const node = walk(this.scene, this.focusNode, direction);
    if (!node) return;
    this.focusNode = node.id;
    this.byKeyboard = true;
    this.bringIn(node);
    this.listener.onFocus(node);
    this.repaint();
  }

  get focused(): string | undefined {
    return this.focusNode;
  }

  unfocus(): void {
    this.focusNode = undefined;
    this.listener.onFocus(undefined);
    this.repaint();
  }

  /** Where a node is on the screen, for tests and for what lies over the map. */
  placeOf(id: string): Position | undefined {
    const node = this.scene.nodes.get(id);
    const { x, y, k } = this.camera;
    return node && [node.x * k + x, node.y * k + y];
  }

  /** Where the middle of an edge is on the screen. */
  placeOfEdge(id: string): Position | undefined {
    const edge = this.scene.edges.get(id);
    const part = edge?.curve.parts[Math.floor((edge.curve.parts.length - 1) / 2)];
    const { x, y, k } = this.camera;
    return (
      part && [
        ((part[0] + 3 * part[2] + 3 * part[4] + part[6]) / 8) * k + x,
        ((part[1] + 3 * part[3] + 3 * part[5] + part[7]) / 8) * k + y,
      ]
    );
  }

  private bringIn(node: SceneNode): void {
    const { x, y, k } = this.glide?.to ?? this.camera;
    const screenX = node.x * k + x;
    const screenY = node.y * k + y;
    const { left, right, top, bottom } = this.insets;
    const dx = Math.max(0, left + 60 - screenX) - Math.max(0, screenX - (this.width - right - 60));
    const dy = Math.max(0, top + 40 - screenY) - Math.max(0, screenY - (this.height - bottom - 60));
    if (dx !== 0 || dy !== 0) this.goTo({ x: x + dx, y: y + dy, k }, true);
  }

  private goTo(camera: Camera, smooth: boolean): void {
    if (smooth && !this.calm.matches && this.width > 0) {
      this.glide = { from: this.camera, to: camera, since: performance.now() };
      this.moving = performance.now();
    } else {
      this.glide = undefined;
      this.camera = camera;
      this.listener.onCamera(camera);
    }
    this.repaint();
  }

  private measureRing(): void {
    if (!this.graph) return;
    this.scale = ringScale(this.ring, this.graph.nodes.values(), this.graph.edges.values());
  }

  private relight(): void {
    this.dim();
    this.repaint();
  }

  private dim(): void {
    const { selectedNode, selectedEdge, matches } = this;
    light(this.scene, { selectedNode, selectedEdge, matches });
  }

  private resize(): void {
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (width === 0 || height === 0) return;
    this.ratio = Math.min(3, devicePixelRatio || 1);
    this.hover(undefined);
    this.width = width;
    this.height = height;
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    if (!this.steered) this.fit(false);
    this.cached = undefined;
    this.dirty = true;
    this.paint(performance.now());
  }

  private repaint(): void {
    this.dirty = true;
    this.schedule();
  }

  private schedule(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    this.frame = 0;
    const seconds = Math.min(0.1, (now - (this.last || now)) / 1000);
    this.last = now;
    if (this.glide) {
      const t = Math.min(1, (now - this.glide.since) / GLIDE_MS);
      this.camera = between(this.glide.from, this.glide.to, 1 - Math.pow(1 - t, 3));
      this.moving = now;
      if (t >= 1) this.glide = undefined;
      this.listener.onCamera(this.camera);
    }
    const busy = this.scene.step(seconds);
    if (busy) {
      this.dim();
      this.dirty = true;
    }
    this.paint(now);
    const settling = this.isHeavy() && now - this.moving < SHARP_AFTER_MS + 20;
    if (busy || this.glide || settling) this.schedule();
    else this.last = 0;
  }

  private isHeavy(): boolean {
    return this.scene.nodes.size + this.scene.edges.size > HEAVY;
  }

  private paint(now: number): void {
    if (this.width === 0) return;
    if (!this.isHeavy()) {
      this.ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      draw(this.ctx, this.picture());
      this.dirty = false;
      return;
    }
    const still = now - this.moving >= SHARP_AFTER_MS;
    if (this.cached && !still) return this.paintCached(this.cached);
    if (this.dirty || !this.cached || this.cached.camera !== this.camera) this.render();
    if (this.cached) this.paintCached(this.cached);
  }

  /** Draws the window and a margin around it, so that a pan finds something to show. */
  private render(): void {
    const margin = { x: Math.round(this.width * MARGIN), y: Math.round(this.height * MARGIN) };
    const width = this.width + 2 * margin.x;
    const height = this.height + 2 * margin.y;
    this.cache.width = Math.round(width * this.ratio);
    this.cache.height = Math.round(height * this.ratio);
    const ctx = this.cache.getContext('2d');
    if (!ctx) return;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const { x, y, k } = this.camera;
    draw(ctx, {
      ...this.picture(),
      width,
      height,
      camera: { x: x + margin.x, y: y + margin.y, k },
    });
    this.cached = { camera: this.camera, margin };
    this.dirty = false;
  }

  private paintCached({ camera, margin }: NonNullable<ScopeMap['cached']>): void {
    const { ctx } = this;
    const zoom = this.camera.k / camera.k;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    ctx.drawImage(
      this.cache,
      this.camera.x - (camera.x + margin.x) * zoom,
      this.camera.y - (camera.y + margin.y) * zoom,
      (this.width + 2 * margin.x) * zoom,
      (this.height + 2 * margin.y) * zoom,
    );
  }

  private picture(): Picture {
    return {
      scene: this.scene,
      camera: this.camera,
      width: this.width,
      height: this.height,
      palette: this.palette,
      ring: this.ring,
      scale: this.scale,
      selectedNode: this.selectedNode,
      selectedEdge: this.selectedEdge,
      hoverNode: this.hoverNode,
      hoverEdge: this.hoverEdge,
      focusNode: this.byKeyboard ? this.focusNode : undefined,
    };
  }

  private listen(): () => void {
    return listenToGestures(this.canvas, {
      grab: (x, y) => {
        this.grabbed = this.nodeAt(x, y)?.id;
        return this.grabbed !== undefined;
      },
      drag: (x, y) => {
        if (this.grabbed === undefined) return;
        const { x: cameraX, y: cameraY, k } = this.camera;
        this.hover(undefined);
        this.scene.drag(this.grabbed, (x - cameraX) / k, (y - cameraY) / k);
        this.repaint();
      },
      drop: () => {
        const node = this.grabbed === undefined ? undefined : this.scene.nodes.get(this.grabbed);
        if (!node) return;
        const edges = [...this.scene.edges.values()]
          .filter((edge) => edge.source === node || edge.target === node)
          .map((edge) => edge.id);
        this.listener.onPin(node.id, [node.x, node.y], edges);
      },
      pan: (dx, dy) => this.move({ ...this.camera, x: this.camera.x + dx, y: this.camera.y + dy }),
      zoom: (factor, x, y) => this.move(zoomAt(this.camera, factor, x, y)),
      hover: (x, y) => this.hover(this.at(x, y)),
      leave: () => this.hover(undefined),
      click: (x, y) => {
        this.byKeyboard = false;
        const hit = this.at(x, y);
        this.listener.onSelect(
          hit?.node ? { node: hit.node.id } : hit?.edge ? { edge: hit.edge.id } : undefined,
        );
      },
      doubleClick: (x, y) => {
        const node = this.nodeAt(x, y);
        if (node) this.listener.onOpen(node.id);
        else this.goTo(zoomAt(this.camera, 1.8, x, y), true);
      },
    });
  }

  private move(camera: Camera): void {
    this.steered = true;
    this.glide = undefined;
    this.camera = camera;
    this.moving = performance.now();
    this.hover(undefined);
    this.listener.onCamera(camera);
    this.repaint();
  }

  private hover(hover: Hover | undefined): void {
    const node = hover?.node?.id;
    const edge = hover?.edge?.id;
    if (node !== this.hoverNode || edge !== this.hoverEdge) {
      this.hoverNode = node;
      this.hoverEdge = edge;
      this.canvas.style.cursor = hover ? 'pointer' : '';
      this.repaint();
    } else if (!hover) return;
    this.listener.onHover(hover);
  }

  private at(x: number, y: number): Hover | undefined {
    const node = this.nodeAt(x, y);
    if (node) return { node, x, y };
    const edge = this.edgeAt(x, y);
    return edge && { edge, x, y };
  }

  private nodeAt(x: number, y: number): SceneNode | undefined {
    const { x: cameraX, y: cameraY, k } = this.camera;
    const detail = detailAt(k);
    const reach = Math.max(7, detail.radius + 3);
    let found: SceneNode | undefined;
    let least = Infinity;
    for (const node of this.scene.nodes.values()) {
      if (node.leaving) continue;
      const dx = Math.abs(node.x * k + cameraX - x);
      const dy = node.y * k + cameraY - y;
      const inside =
        detail.level === 'near'
          ? dx < CARD.width * k && Math.abs(dy + 8 * k) < CARD.height * k
          : Math.hypot(dx, dy) < reach;
      const distance = Math.hypot(dx, dy);
      if (inside && distance < least) {
        least = distance;
        found = node;
      }
    }
    return found;
  }

  private edgeAt(x: number, y: number): SceneEdge | undefined {
    const { x: cameraX, y: cameraY, k } = this.camera;
    const worldX = (x - cameraX) / k;
    const worldY = (y - cameraY) / k;
    const reach = 7 / k;
    const slack = reach + 100;
    let found: SceneEdge | undefined;
    let least = reach;
    for (const edge of this.scene.edges.values()) {
      const { source, target } = edge;
      if (
        worldX < Math.min(source.x, target.x) - slack ||
        worldX > Math.max(source.x, target.x) + slack ||
        worldY < Math.min(source.y, target.y) - slack ||
        worldY > Math.max(source.y, target.y) + slack
      ) {
        continue;
      }
      const distance = distanceTo(edge.curve, worldX, worldY) + (edge.light < 1 ? reach * 0.3 : 0);
      if (distance < least) {
        least = distance;
        found = edge;
      }
    }
    return found;
  }
}
