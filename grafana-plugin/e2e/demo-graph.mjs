// A made-up machine park for development and tests: a shop over a few hosts, as many processes as asked
// for, with rates that move and connections that come and go. Deterministic for a seed.

/** A small seeded generator (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SHOP = [
  // name, host, command line, port it listens on, full name of its program where that is longer
  ['nginx', 'shop-1', 'nginx: worker process', 80],
  ['frontend', 'shop-1', 'node server.js', 3000],
  ['checkout', 'shop-1', 'java -jar checkout.jar', 8080],
  ['cart', 'shop-2', '/usr/local/bin/cart --listen :7070', 7070],
  ['payments', 'shop-2', 'python3 -m payments', 9000],
  ['catalog', 'shop-2', 'java -jar catalog.jar', 8081],
  ['search', 'shop-2', 'java -Xmx512m -jar search.jar', 9200],
  ['redis-server', 'data-1', 'redis-server *:6379', 6379],
  ['postgres', 'data-1', 'postgres: checkpointer', 5432],
  ['Kafka', 'data-1', 'java kafka.Kafka server.properties', 9092, 'kafka.Kafka'],
  [
    'ReservationServiceApplication',
    'shop-2',
    'java -cp lib/* org.example.warehouse.inventory.ReservationServiceApplication',
    7443,
    'org.example.warehouse.inventory.ReservationServiceApplication',
  ],
  ['mailer', 'shop-1', 'python3 mailer.py', 0],
  ['otelcol', 'data-1', 'otelcol --config pipeline.yaml', 4318],
  ['sshd', 'shop-1', 'sshd: operator@pts/0', 22],
];

// name of the process, image, and the pod it is in where it is in one
const CONTAINERS = [
  ['nginx', 'nginx', 'edge-6c7b-x2x9k'],
  ['frontend', 'ghcr.io/shop/frontend', 'frontend-7d9f-2xk1p'],
  ['checkout', 'ghcr.io/shop/checkout', 'checkout-5b8c-m4r7z'],
  ['cart', 'ghcr.io/shop/cart', 'cart-84d6-q9w2t'],
  ['payments', 'ghcr.io/shop/payments', 'payments-6f5d-l8n3v'],
  ['catalog', 'ghcr.io/shop/catalog', 'catalog-79cc-h5j6b'],
  ['search', 'ghcr.io/shop/search', 'catalog-79cc-h5j6b'],
  ['redis-server', 'redis'],
  ['postgres', 'postgres'],
  ['Kafka', 'apache/kafka'],
];

const CALLS = [
  ['nginx', 'frontend'],
  ['frontend', 'checkout'],
  ['frontend', 'catalog', { reset: 0.6 }],
  ['checkout', 'cart'],
  ['checkout', 'payments', { failed: 2.1 }],
  ['cart', 'redis-server'],
  ['payments', 'postgres'],
  ['catalog', 'search'],
  ['catalog', 'postgres'],
  ['checkout', 'postgres'],
  ['checkout', 'ReservationServiceApplication'],
  ['checkout', 'Kafka'],
  ['search', 'Kafka'],
  ['mailer', 'Kafka'],
  ['frontend', 'otelcol'],
  ['checkout', 'otelcol'],
];

const WORKERS = [
  'worker',
  'api',
  'billing',
  'stock',
  'ledger',
  'mailer',
  'report',
  'gateway',
  'auth',
  'index',
];

export class DemoGraph {
  constructor({ nodes = 17, seed = 1, quiet = false } = {}) {
    this.random = random(seed);
    this.quiet = quiet;
    this.epoch = `demo${seed}`;
    this.number = 1;
    this.hosts = new Map();
    this.processes = new Map();
    this.containers = new Map();
    this.edges = new Map();
    this.listenPorts = new Map();
    for (const [name, host, command, port, program] of SHOP.slice(
      0,
      nodes === 0 ? 0 : Math.max(3, nodes - 4),
    )) {
      const id = this.process(name, host, command, port);
      this.processes.get(id).attributes['process.executable.name'] = program ?? name;
    }
    for (const [name, image, pod] of CONTAINERS) this.contain(name, image, pod);
    if (!quiet) this.connectShop();
    this.grow(nodes);
    for (const host of this.hosts.keys()) this.idle('cron', host);
    this.time = new Date();
  }

  get revision() {
    return `${this.epoch}:${this.number}`;
  }

  hostId(name) {
    return `host~${name}`;
  }

  process(label, host, command, port, pid = 400 + this.processes.size * 7) {
    if (!this.hosts.has(host)) {
      const id = this.hostId(host);
      this.hosts.set(host, {
        ...node(id, host, 'Linux 6.18', 'host', ''),
        metrics: { cpu: 0.4 + this.random() * 2, memory: 2e9 + this.random() * 6e9 },
        attributes: { 'host.name': host, 'os.type': 'linux', 'host.arch': 'amd64' },
      });
    }
    const id = `process~${host}~${pid}~b00-${pid}`;
    this.processes.set(id, {
      ...node(id, label, `${host}:${pid}`, 'process', host),
      rank: label,
      attributes: {
        'process.pid': String(pid),
        'process.command_line': command,
        'host.name': host,
      },
      metrics: { cpu: this.random() ** 3 * 0.9, memory: 2e7 + this.random() ** 2 * 6e8 },
      parents: [
        { view: 'hosts', id: this.hostId(host), label: host },
        { view: 'processes-by-name', id: `group~processes-by-name~${label}`, label },
      ],
    });
    if (port) this.listenPorts.set(id, port);
    return id;
  }

  /** Puts a process into a container, and that into a pod. */
  contain(name, image, pod) {
    const process = this.processes.get(this.find(name));
    if (!process) return;
    const label = name.toLowerCase().replace('-server', '');
    const containerId = `5e4d3c2b1a${label}`;
    const id = `container~${containerId}`;
    const host = process.group;
    const container = {
      ...node(id, label, host, 'container', host),
      rank: image.split('/').at(-1),
      attributes: {
        'container.name': label,
        'container.image.name': image,
        'container.id': containerId,
      },
      parents: [
        { view: 'hosts', id: this.hostId(host), label: host },
        {
          view: 'containers-by-image',
          id: `group~containers-by-image~${image.replaceAll('/', '=2F')}`,
          label: image.split('/').at(-1),
        },
      ],
    };
    if (pod) {
      container.attributes['k8s.pod.name'] = pod;
      container.attributes['k8s.namespace.name'] = 'shop';
      container.parents.unshift({ view: 'pods', id: `k8s.pod~${pod}`, label: pod });
      process.parents.unshift({ view: 'pods', id: `k8s.pod~${pod}`, label: pod });
    }
    process.parents.unshift({ view: 'containers', id, label });
    this.containers.set(id, container);
  }

  idle(label, host) {
    this.processes.set(`process~${host}~1~idle`, {
      ...node(`process~${host}~1~idle`, label, `${host}:1`, 'process', host),
      metrics: { cpu: 0.001, memory: 4e6 },
      attributes: { 'process.pid': '1', 'host.name': host },
      parents: [{ view: 'hosts', id: this.hostId(host), label: host }],
      unconnected: true,
    });
  }

  pseudo(id, label, sublabel, kind) {
    this.processes.set(id, { ...node(id, label, sublabel, kind, ''), pseudo: true, state: '' });
    return id;
  }

  find(label) {
    for (const [id, process] of this.processes) if (process.label === label) return id;
    return undefined;
  }

  connect(source, target, port, extra = {}) {
    if (!source || !target || source === target) return;
    const busy = this.random();
    const opened = extra.opened ?? (busy < 0.4 ? 0 : Number((busy ** 3 * 120).toFixed(2)));
    this.edges.set(`${source}!${target}`, {
      id: `${source}!${target}`,
      source,
      target,
      ports: [port],
      transport: extra.transport ?? 'tcp',
      protocol: '',
      connections: {
        active: 1 + Math.floor(this.random() * 20),
        opened,
        failed: extra.failed ?? 0,
        reset: extra.reset ?? 0,
      },
      bytes: { sent: 50 * 10 ** (this.random() * 4), received: 80 * 10 ** (this.random() * 4.5) },
      rtt: 0.0002 + this.random() * 0.002,
      totals: {
        opened: 812,
        failed: extra.failed ? 96 : 0,
        reset: extra.reset ? 31 : 0,
        bytesSent: 1e6,
        bytesReceived: 2e7,
        retransmits: 3,
      },
      pairing: extra.pairing ?? 'exact',
      sources: ['probe'],
      stale: false,
    });
  }

  connectShop() {
    for (const [from, to, extra] of CALLS) {
      const target = this.find(to);
      this.connect(this.find(from), target, this.listenPorts.get(target) ?? 8080, extra);
    }
    const inbound = this.pseudo('pseudo~internet-in', 'Internet', 'inbound', 'internet');
    this.connect(inbound, this.find('nginx'), 80, { opened: 31 });
    this.connect(inbound, this.find('sshd'), 22, { opened: 0 });
    const stripe = this.pseudo('pseudo~external~stripe.com', 'stripe.com', 'external', 'external');
    this.connect(this.find('payments'), stripe, 443, { opened: 1.4 });
    const unknown = this.pseudo(
      'pseudo~unknown~10.1.2.3',
      '10.1.2.3',
      'unknown endpoint',
      'unknown',
    );
    this.connect(this.find('catalog'), unknown, 8500, { pairing: 'ambiguous' });
    const lost = this.pseudo(
      'pseudo~unattributed~data-1',
      'Unattributed',
      'data-1',
      'unattributed',
    );
    this.connect(lost, this.find('postgres'), 5432, { opened: 0.3 });
  }

  /** Fills up to `count` processes: hosts with workers that call into one another and the databases. */
  grow(count) {
    const hosts = Math.max(3, Math.round(count / 40));
    let recent = [];
    while (this.processes.size < count) {
      const host = `node-${1 + Math.floor(this.random() * hosts)}`;
      const name = WORKERS[Math.floor(this.random() * WORKERS.length)];
      const id = this.process(
        name,
        host,
        `/opt/${name}/bin/${name} --shard ${this.processes.size}`,
        9100,
      );
      if (this.quiet) continue;
      const mates = recent.filter((other) => this.processes.get(other).group === host);
      const calls = count > 1000 ? 4 : 1 + Math.floor(this.random() * 2);
      for (let i = 0; i < calls; i++) {
        const pool = this.random() < 0.75 && mates.length > 0 ? mates : recent;
        const mate = pool[Math.floor(this.random() ** 2 * pool.length)];
        if (mate) this.connect(mate, id, 9100);
      }
      if (this.random() < 0.12) this.connect(id, this.find('postgres'), 5432);
      if (this.random() < 0.05) this.connect(id, this.find('redis-server'), 6379);
      if (this.random() < 0.02) this.connect(id, mates[0], 9100, { failed: 0.4 });
      recent.push(id);
      if (recent.length > 400) recent = recent.slice(-400);
    }
  }

  /** One second of life; answers what changed, by process id and edge id. */
  step() {
    this.number++;
    this.time = new Date();
    const changed = { nodes: new Set(), edges: new Set() };
    for (const [id, process] of this.processes) {
      if (process.pseudo || this.random() > 0.4) continue;
      const { cpu = 0, memory = 0 } = process.metrics;
      process.metrics = {
        cpu: Math.max(0, Math.min(1.2, cpu + (this.random() - 0.5) * 0.08)),
        memory: memory * (0.99 + this.random() * 0.02),
      };
      changed.nodes.add(id);
    }
    for (const [id, edge] of this.edges) {
      if (this.random() > 0.4) continue;
      const swing = 0.8 + this.random() * 0.4;
      this.edges.set(id, {
        ...edge,
        bytes: { sent: edge.bytes.sent * swing, received: edge.bytes.received * swing },
        connections: { ...edge.connections, opened: edge.connections.opened * swing },
      });
      changed.edges.add(id);
    }
    if (!this.quiet && this.number % 6 === 0) this.visit(changed);
    return changed;
  }

  /** Every few seconds a client comes, or the one from before goes. */
  visit(changed) {
    const known = this.find('curl');
    if (known) {
      this.processes.delete(known);
      changed.nodes.add(known);
      for (const id of [...this.edges.keys()]) {
        if (id.startsWith(`${known}!`)) {
          this.edges.delete(id);
          changed.edges.add(id);
        }
      }
      return;
    }
    const id = this.process('curl', 'shop-1', 'curl -s http://127.0.0.1/', 0, 9000 + this.number);
    this.connect(id, this.find('nginx'), 80, { opened: 0.1 });
    changed.nodes.add(id);
    changed.edges.add(`${id}!${this.find('nginx')}`);
  }
}

export function node(id, label, sublabel, kind, group) {
  return {
    id,
    label,
    sublabel,
    kind,
    count: 1,
    group,
    state: 'running',
    rank: '',
    attributes: {},
    metrics: {},
    parents: [],
    selfEdge: false,
    pseudo: false,
    stale: false,
  };
}
