// The demo graph as the API's views.
import { node } from './demo-graph.mjs';

const UNCONNECTED = {
  id: 'unconnected',
  label: 'Unconnected',
  kind: 'one',
  default: 'hide',
  values: [
    { value: 'hide', label: 'Hidden' },
    { value: 'show', label: 'Shown' },
  ],
};
const SYSTEM = {
  id: 'system',
  label: 'System',
  kind: 'one',
  default: 'hide',
  values: [
    { value: 'hide', label: 'Hidden' },
    { value: 'show', label: 'Shown' },
    { value: 'only', label: 'Only' },
  ],
};
const OPTIONS = [UNCONNECTED, SYSTEM];
const SYSTEM_NAMES = new Set(['otelcol', 'sshd']);

const COVERAGE = [
  {
    subject: 'host~shop-1',
    severity: 'limited',
    message:
      'Short connections on shop-1 are shown without their process: the probe runs there without the right to watch the kernel.',
    since: new Date().toISOString(),
  },
];

const STOPPED = { ...UNCONNECTED, id: 'stopped', label: 'Stopped' };
const CONTAINER_OPTIONS = [UNCONNECTED, STOPPED, SYSTEM];

/** id → who it is in that view: what it is part of there, or what stands for the rest of its host. */
function naming(graph, view) {
  return (id) => {
    const process = graph.processes.get(id);
    if (!process || process.pseudo || view === 'processes') return id;
    const parent = parentIn(graph, process, view);
    if (parent) return parent.id;
    if (view === 'pods') return `pseudo~unmanaged~${process.group}`;
    if (view.startsWith('containers')) return `pseudo~uncontained~${process.group}`;
    return `group~processes-by-name~${process.label}`;
  };
}

function parentIn(graph, process, view) {
  const container = containerOf(graph, process);
  return [...process.parents, ...(container?.parents ?? [])].find((parent) => parent.view === view);
}

function containerOf(graph, process) {
  const parent = process.parents.find((candidate) => candidate.view === 'containers');
  return parent && graph.containers.get(parent.id);
}

export function listViews(graph) {
  const info = (id, label, parent, group = 'runtime', options = OPTIONS) => {
    const { nodes, edges, hidden } = viewOf(graph, id, {});
    return {
      id,
      label,
      group,
      parent,
      stats: {
        nodes: nodes.length,
        edges: edges.length,
        hidden: Object.values(hidden).reduce((sum, count) => sum + count, 0),
      },
      options,
    };
  };
  return {
    revision: graph.revision,
    views: [
      info('processes', 'Processes', null),
      info('processes-by-name', 'by name', 'processes'),
      ...(graph.containers.size === 0
        ? []
        : [
            info('containers', 'Containers', null, 'runtime', CONTAINER_OPTIONS),
            info('containers-by-image', 'by image', 'containers', 'runtime', CONTAINER_OPTIONS),
            info('pods', 'Pods', null, 'kubernetes', CONTAINER_OPTIONS),
          ]),
      info('hosts', 'Hosts', null),
    ],
  };
}

export function viewOf(graph, view, options) {
  const name = naming(graph, view);
  const nodes = new Map();
  const hidden = { unconnected: 0, system: 0, limit: 0 };
  const connected = new Set();
  for (const edge of graph.edges.values()) connected.add(edge.source).add(edge.target);
  for (const [id, process] of graph.processes) {
    const system = SYSTEM_NAMES.has(process.label);
    if (system && (options.system ?? 'hide') === 'hide') {
      hidden.system++;
      continue;
    }
    if (!system && options.system === 'only') continue;
    if (view !== 'hosts' && !connected.has(id) && options.unconnected !== 'show') {
      hidden.unconnected++;
      continue;
    }
    fold(graph, nodes, view, name(id), process);
  }
  const edges = new Map();
  for (const edge of graph.edges.values()) {
    const source = name(edge.source);
    const target = name(edge.target);
    if (!nodes.has(source) || !nodes.has(target)) continue;
    if (source === target) {
      nodes.get(source).selfEdge = true;
      continue;
    }
    const id = `${source}!${target}`;
    const known = edges.get(id);
    edges.set(id, known ? sum(known, edge) : { ...edge, id, source, target });
  }
  return {
    view,
    revision: graph.revision,
    time: graph.time.toISOString(),
    stale: false,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    hidden,
    coverage: graph.quiet ? [] : COVERAGE,
  };
}

function fold(graph, nodes, view, id, process) {
  const { unconnected, ...plain } = process;
  if (process.pseudo || view === 'processes') {
    nodes.set(id, plain);
    return;
  }
  const known = nodes.get(id);
  if (known && view === 'hosts') return;
  const count = (known?.count ?? 0) + 1;
  const metrics = {
    cpu: (known?.metrics.cpu ?? 0) + (process.metrics.cpu ?? 0),
    memory: (known?.metrics.memory ?? 0) + (process.metrics.memory ?? 0),
  };
  nodes.set(id, {
    ...(known ?? made(graph, view, id, process)),
    ...look(view, id, count, metrics),
  });
}

/** What changes with each process that a node stands for. */
function look(view, id, count, metrics) {
  if (view === 'hosts') return {};
  if (id.startsWith('pseudo~')) return { count, metrics: {} };
  if (view === 'containers' || view === 'pods') return { metrics };
  const word = view === 'processes-by-name' ? 'process' : 'container';
  const plural = word === 'process' ? 'processes' : 'containers';
  return { count, metrics, sublabel: `${count} ${count === 1 ? word : plural}` };
}

function made(graph, view, id, process) {
  const host = process.group;
  if (view === 'hosts') return { ...graph.hosts.get(host) };
  if (id.startsWith('pseudo~')) {
    const kind = id.split('~')[1];
    const label = kind[0].toUpperCase() + kind.slice(1);
    const hull = kind === 'uncontained' ? host : '';
    return { ...node(id, label, host, kind, hull), pseudo: true, state: '' };
  }
  const container = containerOf(graph, process);
  if (view === 'containers') return container;
  const attributes = container?.attributes ?? {};
  if (view === 'pods') {
    const { 'k8s.pod.name': name, 'k8s.namespace.name': namespace } = attributes;
    return {
      ...node(id, name, namespace, 'pod', namespace),
      rank: container.rank,
      attributes: { 'k8s.pod.name': name, 'k8s.namespace.name': namespace },
      parents: [{ view: 'hosts', id: graph.hostId(host), label: host }],
    };
  }
  if (view === 'containers-by-image') {
    return {
      ...node(id, container.rank, '', 'image', host),
      rank: container.rank,
      attributes: { 'container.image.name': attributes['container.image.name'] },
    };
  }
  return { ...node(id, process.label, '', 'processes', ''), rank: process.label };
}

function sum(a, b) {
  return {
    ...a,
    ports: [...new Set([...a.ports, ...b.ports])].sort((x, y) => x - y),
    connections: {
      active: a.connections.active + b.connections.active,
      opened: a.connections.opened + b.connections.opened,
      failed: a.connections.failed + b.connections.failed,
      reset: a.connections.reset + b.connections.reset,
    },
    bytes: { sent: a.bytes.sent + b.bytes.sent, received: a.bytes.received + b.bytes.received },
  };
}

/** Details are given whatever the options hide. */
const EVERYTHING = { unconnected: 'show', system: 'show' };

export function nodeDetails(graph, view, id) {
  const shown = viewOf(graph, view, EVERYTHING);
  const found = shown.nodes.find((candidate) => candidate.id === id);
  if (!found) return undefined;
  const byId = new Map(shown.nodes.map((candidate) => [candidate.id, candidate]));
  const rows = (edges, peer) => ({
    total: edges.length,
    rows: edges.slice(0, 200).map((edge) => ({
      edge: edge.id,
      peer: ref(view, byId.get(edge[peer])),
      port: edge.ports[0],
      transport: edge.transport,
      protocol: edge.protocol,
      connections: edge.connections,
      bytes: edge.bytes,
      rtt: edge.rtt,
      totals: edge.totals,
      virtualAddresses: [],
      pairing: edge.pairing,
      sources: edge.sources,
    })),
  });
  const name = naming(graph, view);
  const members = [...graph.processes.values()].filter(
    (process) => !process.pseudo && name(process.id) === id,
  );
  const port = graph.listenPorts.get(id);
  return {
    view,
    revision: graph.revision,
    node: found,
    groups: [
      {
        id: 'facts',
        label: { process: 'Process', container: 'Container' }[found.kind] ?? 'Attributes',
        rows: Object.entries(found.attributes).map(([key, value]) => ({
          key,
          label: LABELS[key] ?? key,
          value,
        })),
      },
    ].filter((group) => group.rows.length > 0),
    measurements: [
      measurement('cpu', 'CPU', '{cpu}', found.metrics.cpu, id),
      measurement('memory', 'Memory', 'By', found.metrics.memory, id),
      ...(found.kind === 'process'
        ? [{ ...measurement('process.thread.count', 'Threads', '{thread}', 12, id), points: [] }]
        : []),
    ].filter((measured) => measured.value !== undefined),
    parents: found.parents
      .filter((parent) => parent.view !== view)
      .map((parent) => ({
        ...parent,
        sublabel: '',
        kind: KIND_IN[parent.view],
        pseudo: false,
      })),
    children:
      view === 'processes' || found.pseudo
        ? []
        : [
            {
              kind: 'process',
              label: 'Processes',
              view: 'processes',
              total: members.length,
              items: members.slice(0, 20).map((process) => ref('processes', process)),
            },
          ],
    inbound: rows(
      shown.edges.filter((edge) => edge.target === id),
      'source',
    ),
    outbound: rows(
      shown.edges.filter((edge) => edge.source === id),
      'target',
    ),
    listeners: port
      ? [
          { address: '0.0.0.0', port, transport: 'tcp' },
          { address: '::', port, transport: 'tcp' },
        ]
      : [],
    controls: [],
  };
}

const KIND_IN = {
  hosts: 'host',
  pods: 'pod',
  containers: 'container',
  'containers-by-image': 'image',
  'processes-by-name': 'processes',
};

const LABELS = {
  'container.name': 'Name',
  'container.image.name': 'Image',
  'container.id': 'ID',
  'k8s.pod.name': 'Pod',
  'k8s.namespace.name': 'Namespace',
  'process.pid': 'PID',
  'process.executable.name': 'Program',
  'process.command_line': 'Command line',
  'process.creation.time': 'Started',
  'host.name': 'Host',
  'os.type': 'System',
  'host.arch': 'Architecture',
};

export function edgeDetails(graph, view, id) {
  const shown = viewOf(graph, view, EVERYTHING);
  const edge = shown.edges.find((candidate) => candidate.id === id);
  if (!edge) return undefined;
  const byId = new Map(shown.nodes.map((candidate) => [candidate.id, candidate]));
  const name = naming(graph, view);
  const pairs = [...graph.edges.values()].filter(
    (candidate) => `${name(candidate.source)}!${name(candidate.target)}` === id,
  );
  return {
    view,
    revision: graph.revision,
    edge,
    source: ref(view, byId.get(edge.source)),
    target: ref(view, byId.get(edge.target)),
    ports: edge.ports.map((port) => ({ ...edge, port, virtualAddresses: [] })),
    processes: {
      total: pairs.length,
      rows: pairs.slice(0, 50).map((pair) => ({
        ...pair,
        client: ref('processes', graph.processes.get(pair.source)),
        server: ref('processes', graph.processes.get(pair.target)),
        port: pair.ports[0],
        virtualAddresses: [],
      })),
    },
    failures:
      edge.connections.failed > 0
        ? [{ cause: 'refused', rate: edge.connections.failed, total: 96 }]
        : [],
    rates: [
      rate('active', 'Open connections', '{connection}', edge.connections.active, id),
      rate('opened', 'New connections', '{connection}/s', edge.connections.opened, id),
      rate('failed', 'Failed connections', '{connection}/s', edge.connections.failed, id),
      rate('reset', 'Reset connections', '{connection}/s', edge.connections.reset, id),
      rate('sent', 'Sent', 'By/s', edge.bytes.sent, id),
      rate('received', 'Received', 'By/s', edge.bytes.received, id),
    ],
  };
}

function ref(view, { id, label, sublabel, kind, pseudo }) {
  return { view, id, label, sublabel, kind, pseudo };
}

function rate(id, label, unit, value, seed) {
  return { id, label, unit, points: points(value, seed + id) };
}

function measurement(id, label, unit, value, seed) {
  return {
    id,
    label,
    unit,
    value,
    limit: null,
    points: value === undefined ? [] : points(value, seed + id),
  };
}

/** The last minute around a value; the same for the same id, so that a picture does not flicker. */
function points(value, seed) {
  let state = [...seed].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: 30 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const swing = i === 29 ? 1 : 0.75 + (state / 4294967296) * 0.5;
    return [new Date((now - 2 * (29 - i)) * 1000).toISOString(), value * swing];
  });
}
