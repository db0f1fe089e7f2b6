import type { GraphEdge, GraphNode, ViewDelta, ViewSnapshot } from '../src/api/types';

export function node(id: string, change: Partial<GraphNode> = {}): GraphNode {
  return {
    id,
    label: id,
    sublabel: '',
    kind: 'process',
    count: 1,
    group: '',
    state: 'running',
    rank: '',
    attributes: {},
    metrics: {},
    parents: [],
    selfEdge: false,
    pseudo: false,
    stale: false,
    ...change,
  };
}

export function edge(source: string, target: string, change: Partial<GraphEdge> = {}): GraphEdge {
  return {
    id: `${source}!${target}`,
    source,
    target,
    ports: [80],
    transport: 'tcp',
    protocol: '',
    connections: { active: 1, opened: 0, failed: 0, reset: 0 },
    bytes: { sent: 0, received: 0 },
    rtt: null,
    totals: {
      opened: 1,
      failed: 0,
      reset: 0,
      bytesSent: 0,
      bytesReceived: 0,
      retransmits: 0,
    },
    pairing: 'exact',
    sources: ['probe'],
    stale: false,
    ...change,
  };
}

export function snapshot(change: Partial<ViewSnapshot> = {}): ViewSnapshot {
  return {
    view: 'processes',
    revision: 'e:1',
    time: '2026-01-01T00:00:00Z',
    stale: false,
    nodes: [node('a'), node('b')],
    edges: [edge('a', 'b')],
    hidden: {},
    coverage: [],
    ...change,
  };
}

export function delta(from: string, revision: string, change: Partial<ViewDelta> = {}): ViewDelta {
  return {
    view: 'processes',
    from,
    revision,
    time: '2026-01-01T00:00:01Z',
    nodes: { add: [], update: [], remove: [] },
    edges: { add: [], update: [], remove: [] },
    ...change,
  };
}
