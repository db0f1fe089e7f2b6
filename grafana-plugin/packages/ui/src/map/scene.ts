import type { GraphEdge, GraphNode } from '../api/types';
import type { Graph } from '../graph/graph';
import type { Placement } from '../layout/keeper';
import { CELL, HULL, type Position } from '../layout/types';
import type { Bounds } from './camera';
import { curveBetween, type Curve } from './curve';
import { bytesRate, troubleOf, type Trouble } from './rings';
import { hueOf, roleOf, type Role } from './roles';
import type { Hue } from './palette';

export interface SceneNode {
  id: string;
  node: GraphNode;
  role: Role;
  hue: Hue;
  x: number;
  y: number;
  /** Where it is going. */
  toX: number;
  toY: number;
  /** 0 to 1; a node that leaves fades and is dropped at 0. */
  presence: number;
  leaving: boolean;
  degree: number;
  /** Which labels win where there is no room for all. */
  importance: number;
  /** How much it is lit: 1, or less beside a selection or a search. */
  light: number;
}

export interface SceneEdge {
  id: string;
  edge: GraphEdge;
  source: SceneNode;
  target: SceneNode;
  curve: Curve;
  width: number;
  trouble: Trouble | undefined;
  twoWay: boolean;
  presence: number;
  leaving: boolean;
  light: number;
  /** Touches what is selected. */
  marked: boolean;
}

export interface Hull {
  group: string;
  bounds: Bounds;
  count: number;
}

const FADE_PER_SECOND = 4;
const MOVE_PER_SECOND = 9;

/**
 * What is on the map: the graph joined with the layout, and how far each part has come on its way in,
 * out or across. Owned by the map; `step` moves it on by a time and says whether more is to come.
 */
export class Scene {
  readonly nodes = new Map<string, SceneNode>();
  readonly edges = new Map<string, SceneEdge>();
  hulls: Hull[] = [];
  private routes: ReadonlyMap<string, readonly Position[]> = new Map();

  /** Another view: nothing of the old one fades into it. */
  clear(): void {
    this.nodes.clear();
    this.edges.clear();
    this.hulls = [];
  }

  update(graph: Graph, placement: Placement, animate: boolean): void {
    this.routes = placement.routes;
    const first = this.nodes.size === 0;
    this.updateNodes(graph, placement, animate && !first);
    this.updateEdges(graph, animate && !first);
    this.measure();
  }

  private updateNodes(graph: Graph, placement: Placement, animate: boolean): void {
    for (const node of graph.nodes.values()) {
      const at = placement.positions.get(node.id);
      if (!at) continue;
      const known = this.nodes.get(node.id);
      if (known) {
        if (known.node.label !== node.label || known.node.kind !== node.kind) {
          known.role = roleOf(node);
          known.hue = hueOf(known.role);
        }
        known.node = node;
        known.leaving = false;
        [known.toX, known.toY] = at;
        if (!animate) [known.x, known.y] = at;
        continue;
      }
      const role = roleOf(node);
      this.nodes.set(node.id, {
        id: node.id,
        node,
        role,
        hue: hueOf(role),
        x: at[0],
        y: at[1],
        toX: at[0],
        toY: at[1],
        presence: animate ? 0.01 : 1,
        leaving: false,
        degree: 0,
        importance: 0,
        light: 1,
      });
    }
    for (const [id, known] of this.nodes) {
      if (graph.nodes.has(id)) continue;
      if (animate) known.leaving = true;
      else this.nodes.delete(id);
    }
  }

  private updateEdges(graph: Graph, animate: boolean): void {
    for (const edge of graph.edges.values()) {
      const source = this.nodes.get(edge.source);
      const target = this.nodes.get(edge.target);
      if (!source || !target || source === target) continue;
      const twoWay = graph.edges.has(`${edge.target}!${edge.source}`);
      const known = this.edges.get(edge.id);
      if (known && known.source === source && known.target === target) {
        known.edge = edge;
        known.width = widthOf(edge);
        known.trouble = troubleOf(edge);
        known.leaving = false;
        known.twoWay = twoWay;
        known.curve = this.curve(known);
        continue;
      }
      const made = {
        id: edge.id,
        edge,
        source,
        target,
        width: widthOf(edge),
        trouble: troubleOf(edge),
        twoWay,
        presence: animate ? 0.01 : 1,
        leaving: false,
        light: 1,
        marked: false,
      };
      this.edges.set(edge.id, { ...made, curve: this.curve(made) });
    }
    for (const [id, known] of this.edges) {
      if (graph.edges.has(id)) continue;
      if (animate) known.leaving = true;
      else this.edges.delete(id);
    }
  }

  private curve(edge: Pick<SceneEdge, 'id' | 'source' | 'target' | 'twoWay'>): Curve {
    const { source, target } = edge;
    const still = source.x === source.toX && source.y === source.toY;
    return curveBetween(
      [source.x, source.y],
      [target.x, target.y],
      still && target.x === target.toX && target.y === target.toY
        ? this.routes.get(edge.id)
        : undefined,
      edge.twoWay,
    );
  }

  private measure(): void {
    for (const node of this.nodes.values()) {
      node.degree = 0;
      node.importance = node.node.count > 1 ? 2 : 1;
    }
    for (const edge of this.edges.values()) {
      const weight = 1 + edge.width + (edge.trouble ? 4 : 0);
      for (const end of [edge.source, edge.target]) {
        end.degree++;
        end.importance += weight;
      }
    }
    const hulls = new Map<string, Hull>();
    for (const node of this.nodes.values()) {
      if (node.node.group === '' || node.leaving) continue;
      const box = cellOf(node.toX, node.toY);
      const hull = hulls.get(node.node.group);
      if (!hull) hulls.set(node.node.group, { group: node.node.group, bounds: box, count: 1 });
      else {
        widen(hull.bounds, box);
        hull.count++;
      }
    }
    for (const { bounds } of hulls.values()) {
      bounds.left -= HULL.padding;
      bounds.right += HULL.padding;
      bounds.top -= HULL.padding + HULL.title;
      bounds.bottom += HULL.padding;
    }
    this.hulls = [...hulls.values()].sort((a, b) => (a.group < b.group ? -1 : 1));
  }

  bounds(only?: ReadonlySet<string>): Bounds | undefined {
    let all: Bounds | undefined;
    for (const node of this.nodes.values()) {
      if (node.leaving || (only && !only.has(node.id))) continue;
      const box = cellOf(node.toX, node.toY);
      if (all) widen(all, box);
      else all = box;
    }
    if (!only && all) for (const hull of this.hulls) widen(all, hull.bounds);
    return all;
  }

  /** A node follows the pointer. */
  drag(id: string, x: number, y: number): void {
    const node = this.nodes.get(id);
    if (!node) return;
    node.x = node.toX = x;
    node.y = node.toY = y;
    for (const edge of this.edges.values()) {
      if (edge.source === node || edge.target === node) {
        edge.curve = curveBetween(
          [edge.source.x, edge.source.y],
          [edge.target.x, edge.target.y],
          undefined,
          edge.twoWay,
        );
      }
    }
    this.measure();
  }

  /** Moves everything on by `seconds`; true while something is still under way. */
  step(seconds: number): boolean {
    let busy = false;
    const fade = seconds * FADE_PER_SECOND;
    const near = 1 - Math.exp(-seconds * MOVE_PER_SECOND);
    const moved = new Set<SceneNode>();
    for (const node of this.nodes.values()) {
      if (faded(node, fade)) busy = true;
      if (node.leaving && node.presence === 0) this.nodes.delete(node.id);
      if (node.x !== node.toX || node.y !== node.toY) {
        node.x += (node.toX - node.x) * near;
        node.y += (node.toY - node.y) * near;
        if (Math.hypot(node.toX - node.x, node.toY - node.y) < 0.5) {
          node.x = node.toX;
          node.y = node.toY;
        }
        moved.add(node);
        busy = true;
      }
    }
    for (const edge of this.edges.values()) {
      if (faded(edge, fade)) busy = true;
      if (edge.leaving && edge.presence === 0) this.edges.delete(edge.id);
      if (moved.has(edge.source) || moved.has(edge.target)) edge.curve = this.curve(edge);
    }
    return busy;
  }
}

function faded(item: { presence: number; leaving: boolean }, by: number): boolean {
  if (item.leaving) {
    item.presence = Math.max(0, item.presence - by);
    return true;
  }
  if (item.presence === 1) return false;
  item.presence = Math.min(1, item.presence + by);
  return true;
}

/** Line width by bytes per second, on a logarithmic scale: 1 at rest, about 5 at 1 GiB/s. */
export function widthOf(edge: GraphEdge): number {
  return 1 + 0.44 * Math.log10(1 + bytesRate(edge));
}

function cellOf(x: number, y: number): Bounds {
  return {
    left: x - CELL.width / 2,
    right: x + CELL.width / 2,
    top: y - CELL.centre,
    bottom: y - CELL.centre + CELL.height,
  };
}

function widen(bounds: Bounds, by: Bounds): void {
  bounds.left = Math.min(bounds.left, by.left);
  bounds.right = Math.max(bounds.right, by.right);
  bounds.top = Math.min(bounds.top, by.top);
  bounds.bottom = Math.max(bounds.bottom, by.bottom);
}
