import type { Graph } from '../graph/graph';
import type { Placement } from '../layout/keeper';
import type { Position } from '../layout/types';
import { fit, zoomAt, type Camera, type Insets } from './camera';
import { listenToGestures, type GestureListener } from './gestures';
import { edgeAt, nodeAt, placeOfEdge, placeOfNode } from './hits';
import { light } from './lighting';
import { Painter, type Unsized } from './painter';
import { readPalette, type Palette } from './palette';
import { ringScale, type Ring, type RingScale } from './rings';
import { Scene, type SceneEdge, type SceneNode } from './scene';
import { Steering } from './steering';
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
}

/** From this many nodes and edges on, a moving picture is moved, not drawn. */
const HEAVY = 2500;
/** What lies over the map: chips above, legend below, the zoom buttons at the right. */
const INSETS: Insets = { left: 24, right: 60, top: 56, bottom: 64 };
const SHARP_AFTER_MS = 140;

/**
 * The map on a canvas: joins scene, camera and painter, and owns the frame loop; draws only when
 * something changed. No React in here: whoever shows it sets what it shows and hears what was done.
 */
export class ScopeMap {
  readonly scene = new Scene();
  private readonly steering = new Steering();
  private readonly painter: Painter;
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly stop: (() => void)[] = [];
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
  private dirty = true;
  /** A person moved the camera: the picture is not fitted behind their back any more. */
  private steered = false;
  private fitted = false;
  private insets = INSETS;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly listener: MapListener,
  ) {
    this.painter = new Painter(canvas);
    this.palette = readPalette(canvas);
    const size = new ResizeObserver(() => this.resize());
    size.observe(canvas);
    this.stop.push(() => size.disconnect(), listenToGestures(canvas, this.gestures()));
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
    const { width, height } = this.painter;
    this.goTo(fit(bounds, width, height, this.insets), smooth);
  }

  zoomBy(factor: number): void {
    this.steered = true;
    const { width, height } = this.painter;
    this.goTo(zoomAt(this.steering.target, factor, width / 2, height / 2));
  }

  panBy(dx: number, dy: number): void {
    this.steered = true;
    const { x, y, k } = this.steering.target;
    this.goTo({ x: x + dx, y: y + dy, k });
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

  /** Where a node is on the screen, for tests. */
  placeOf(id: string): Position | undefined {
    const node = this.scene.nodes.get(id);
    return node && placeOfNode(node, this.steering.camera);
  }

  /** Where the middle of an edge is on the screen, for tests. */
  placeOfEdge(id: string): Position | undefined {
    const edge = this.scene.edges.get(id);
    return edge && placeOfEdge(edge, this.steering.camera);
  }

  private bringIn(node: SceneNode): void {
    const { x, y, k } = this.steering.target;
    const [atX, atY] = placeOfNode(node, this.steering.target);
    const { width, height } = this.painter;
    const { left, right, top, bottom } = this.insets;
    const dx = Math.max(0, left + 60 - atX) - Math.max(0, atX - (width - right - 60));
    const dy = Math.max(0, top + 40 - atY) - Math.max(0, atY - (height - bottom - 60));
    if (dx !== 0 || dy !== 0) this.goTo({ x: x + dx, y: y + dy, k });
  }

  private goTo(camera: Camera, smooth = true): void {
    if (smooth && !this.calm.matches && this.painter.width > 0) {
      this.steering.glideTo(camera, performance.now());
    } else {
      this.steering.place(camera);
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
    if (!this.painter.resize()) return;
    this.hover(undefined);
    if (!this.steered) this.fit(false);
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
    const gliding = this.steering.step(now);
    const busy = this.scene.step(seconds);
    if (busy) {
      this.dim();
      this.dirty = true;
    }
    this.paint(now);
    const settling = this.isHeavy() && now - this.steering.movedAt < SHARP_AFTER_MS + 20;
    if (busy || gliding || settling) this.schedule();
    else this.last = 0;
  }

  private isHeavy(): boolean {
    return this.scene.nodes.size + this.scene.edges.size > HEAVY;
  }

  private paint(now: number): void {
    if (this.painter.width === 0) return;
    if (!this.isHeavy()) {
      this.painter.draw(this.picture());
      this.dirty = false;
      return;
    }
    const moving = now - this.steering.movedAt < SHARP_AFTER_MS;
    if (this.painter.drawHeavy(this.picture(), moving, this.dirty)) this.dirty = false;
  }

  private picture(): Unsized {
    return {
      scene: this.scene,
      camera: this.steering.camera,
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

  private gestures(): GestureListener {
    const { scene, steering } = this;
    const under = (x: number, y: number) => nodeAt(scene, steering.camera, x, y);
    return {
      grab: (x, y) => {
        this.grabbed = under(x, y)?.id;
        return this.grabbed !== undefined;
      },
      drag: (x, y) => {
        if (this.grabbed === undefined) return;
        const { camera } = steering;
        this.hover(undefined);
        scene.drag(this.grabbed, (x - camera.x) / camera.k, (y - camera.y) / camera.k);
        this.repaint();
      },
      drop: () => this.drop(),
      pan: (dx, dy) => this.byHand((now) => steering.panBy(dx, dy, now)),
      zoom: (factor, x, y) => this.byHand((now) => steering.zoomBy(factor, x, y, now)),
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
        const node = under(x, y);
        if (node) this.listener.onOpen(node.id);
        else this.goTo(zoomAt(steering.camera, 1.8, x, y));
      },
    };
  }

  private drop(): void {
    const node = this.grabbed === undefined ? undefined : this.scene.nodes.get(this.grabbed);
    if (!node) return;
    const edges = [...this.scene.edges.values()]
      .filter((edge) => edge.source === node || edge.target === node)
      .map((edge) => edge.id);
    this.listener.onPin(node.id, [node.x, node.y], edges);
  }

  private byHand(move: (now: number) => void): void {
    this.steered = true;
    move(performance.now());
    this.hover(undefined);
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
    const node = nodeAt(this.scene, this.steering.camera, x, y);
    if (node) return { node, x, y };
    const edge = edgeAt(this.scene, this.steering.camera, x, y);
    return edge && { edge, x, y };
  }
}
