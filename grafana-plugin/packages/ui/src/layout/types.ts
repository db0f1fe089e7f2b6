/** What a layout is made from. Plain data: it crosses to a worker. */
export interface LayoutInput {
  nodes: { id: string; group: string }[];
  edges: { id: string; source: string; target: string }[];
  /** Width to height of the room there is. */
  aspect: number;
}

/** Centres of the nodes' circles, and for long edges the points to pass through. */
export interface LayoutResult {
  positions: Record<string, Position>;
  routes: Record<string, Position[]>;
  /** How it was made: tidy = dagre, fast = our own for what is too large for it. */
  method: 'tidy' | 'fast';
}

export type Position = readonly [x: number, y: number];

/** A rectangle to be placed: a node, a block of alike nodes, or a whole group. */
export interface Box {
  id: string;
  width: number;
  height: number;
}

export interface Link {
  id: string;
  source: string;
  target: string;
}

/** Boxes by their centres; the origin is the top left of everything. */
export interface Arrangement {
  centres: Map<string, Position>;
  routes: Map<string, Position[]>;
  width: number;
  height: number;
}

/** The room of one node: its circle and the two lines of text under it. */
export const CELL = {
  width: 118,
  height: 94,
  /** Of the circle's centre, from the top. */ centre: 34,
};

/** Space inside a hull, and for its name. */
export const HULL = { padding: 18, title: 26 };
