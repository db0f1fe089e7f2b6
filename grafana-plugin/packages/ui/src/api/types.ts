/**
 * The HTTP API as docs/api.md has it. A number that is not known is null; a metric that is not known
 * is left out. Rates are per second, durations seconds, sizes bytes, cpu cores.
 */

export interface OptionValue {
  value: string;
  label: string;
}

export interface ViewOption {
  id: string;
  label: string;
  kind: 'one' | 'many' | 'flag';
  values: OptionValue[];
  default: string;
}

export interface ViewInfo {
  id: string;
  label: string;
  /** The heading it is listed under: runtime, kubernetes. */
  group: string;
  /** The view under which this one is indented. */
  parent: string | null;
  stats: { nodes: number; edges: number; hidden: number };
  options: ViewOption[];
}

export interface ViewList {
  revision: string;
  views: ViewInfo[];
}

/** Who a node belongs to in a coarser view. */
export interface ParentRef {
  view: string;
  id: string;
  label: string;
}

/** A reference to an entity; view is the one in which it is a node, null when it is in none. */
export interface Ref {
  view: string | null;
  id: string;
  label: string;
  sublabel: string;
  kind: string;
  pseudo: boolean;
}

export interface GraphNode {
  id: string;
  label: string;
  sublabel: string;
  kind: string;
  /** How many entities it stands for. */
  count: number;
  /** The hull it is drawn in; empty: none. */
  group: string;
  state: string;
  rank: string;
  attributes: Record<string, string>;
  metrics: Record<string, number>;
  parents: ParentRef[];
  selfEdge: boolean;
  pseudo: boolean;
  stale: boolean;
}

export interface Connections {
  active: number | null;
  opened: number | null;
  failed: number | null;
  reset: number | null;
}

export interface Bytes {
  sent: number | null;
  received: number | null;
}

export interface Totals {
  opened: number | null;
  failed: number | null;
  reset: number | null;
  bytesSent: number | null;
  bytesReceived: number | null;
  retransmits: number | null;
}

export type Pairing = 'exact' | 'estimated' | 'ambiguous';

/** source is who connected. */
export interface GraphEdge {
  id: string;
  source: string;
  target: string;
  ports: number[];
  transport: string;
  protocol: string;
  connections: Connections;
  bytes: Bytes;
  rtt: number | null;
  totals: Totals;
  pairing: Pairing;
  sources: string[];
  stale: boolean;
}

export interface Coverage {
  subject: string;
  severity: string;
  message: string;
  since: string | null;
}

export type Hidden = Record<string, number>;

export interface ViewSnapshot {
  view: string;
  revision: string;
  time: string;
  stale: boolean;
  nodes: GraphNode[];
  edges: GraphEdge[];
  hidden: Hidden;
  coverage: Coverage[];
}

export interface Changes<T> {
  add: T[];
  update: T[];
  remove: string[];
}

export interface ViewDelta {
  view: string;
  from: string;
  revision: string;
  time: string;
  nodes: Changes<GraphNode>;
  edges: Changes<GraphEdge>;
  hidden?: Hidden;
  coverage?: Coverage[];
  stale?: boolean;
}

export interface AttributeRow {
  key: string;
  label: string;
  value: string;
}

export interface AttributeGroup {
  id: string;
  label: string;
  rows: AttributeRow[];
}

export type Point = [time: string, value: number | null];

export interface Series {
  id: string;
  label: string;
  unit: string;
  points: Point[];
}

export interface Measured extends Series {
  value: number | null;
  limit: number | null;
}

/** virtualAddresses are what clients connected to instead of the server itself. */
export interface Connection {
  edge: string;
  peer: Ref;
  port: number;
  transport: string;
  protocol: string;
  connections: Connections;
  bytes: Bytes;
  rtt: number | null;
  totals: Totals;
  virtualAddresses: string[];
  pairing: Pairing;
  sources: string[];
}

export interface Cut<T> {
  total: number;
  rows: T[];
}

export interface Children {
  kind: string;
  label: string;
  /** The view in which they are nodes, null when they are in none. */
  view: string | null;
  total: number;
  items: Ref[];
}

export interface Listener {
  address: string;
  port: number;
  transport: string;
}

export interface NodeDetails {
  view: string;
  revision: string;
  node: GraphNode;
  groups: AttributeGroup[];
  measurements: Measured[];
  parents: Ref[];
  children: Children[];
  inbound: Cut<Connection>;
  outbound: Cut<Connection>;
  listeners: Listener[];
}

export interface EdgePort {
  port: number;
  transport: string;
  protocol: string;
  connections: Connections;
  bytes: Bytes;
  rtt: number | null;
  totals: Totals;
  virtualAddresses: string[];
}

export interface EdgeProcess {
  client: Ref;
  server: Ref;
  port: number;
  transport: string;
  connections: Connections;
  bytes: Bytes;
  rtt: number | null;
  totals: Totals;
  virtualAddresses: string[];
  pairing: Pairing;
}

export interface EdgeDetails {
  view: string;
  revision: string;
  edge: GraphEdge;
  source: Ref;
  target: Ref;
  ports: EdgePort[];
  processes: Cut<EdgeProcess>;
  failures: { cause: string; rate: number | null; total: number | null }[];
  rates: Series[];
}

/** RFC 9457. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  parameter?: string;
  position?: number;
}
