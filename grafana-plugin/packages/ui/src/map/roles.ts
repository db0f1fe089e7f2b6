import type { GraphNode } from '../api/types';
import type { Hue } from './palette';

/** What a node is drawn as: its kind, and for programs that everybody knows what they do. */
export type Role =
  | 'process'
  | 'database'
  | 'cache'
  | 'web'
  | 'queue'
  | 'shell'
  | 'agent'
  | 'container'
  | 'image'
  | 'hostname'
  | 'pod'
  | 'uncontained'
  | 'unmanaged'
  | 'host'
  | 'internet'
  | 'external'
  | 'unknown'
  | 'unattributed';

const PROGRAMS: readonly [RegExp, Role][] = [
  [
    /^(postgres|postmaster|pgbouncer|mysqld?|mariadbd?|mongod|mongos|oracle|sqlservr|clickhouse|cassandra|elasticsearch|opensearch|influxd|prometheus|etcd|cockroach)/i,
    'database',
  ],
  [/^(redis|valkey|memcached|varnishd|keydb|dragonfly)/i, 'cache'],
  [/^(nginx|apache2?|httpd|haproxy|envoy|caddy|traefik|squid|lighttpd|pilot-agent)/i, 'web'],
  [/^(kafka|rabbitmq|beam\.smp|nats|activemq|pulsar|mosquitto|artemis)/i, 'queue'],
  [/^(sshd?|bash|zsh|sh|fish|tmux|screen|login|sudo|curl|wget|nc|ncat|socat)(:|$|\s)/i, 'shell'],
  [
    /^(otelcol|otel-|otelscope|scope|node_exporter|telegraf|fluent|vector|promtail|alloy|datadog|kubelet|containerd|dockerd|systemd)/i,
    'agent',
  ],
];

const KINDS: Record<string, Role> = {
  host: 'host',
  hostname: 'hostname',
  internet: 'internet',
  external: 'external',
  unknown: 'unknown',
  unattributed: 'unattributed',
  uncontained: 'uncontained',
  unmanaged: 'unmanaged',
};

/** Kinds of what runs one program, while it is not one that everybody knows. */
const PLAIN: Record<string, Role> = { container: 'container', image: 'image', pod: 'pod' };

const HUES: Record<Role, Hue> = {
  process: 'work',
  database: 'data',
  cache: 'data',
  web: 'web',
  queue: 'queue',
  shell: 'outside',
  agent: 'host',
  container: 'work',
  image: 'work',
  hostname: 'work',
  pod: 'work',
  uncontained: 'outside',
  unmanaged: 'outside',
  host: 'host',
  internet: 'outside',
  external: 'outside',
  unknown: 'outside',
  unattributed: 'outside',
};

export function roleOf(node: GraphNode): Role {
  const byKind = KINDS[node.kind];
  if (byKind) return byKind;
  const program = node.rank === '' ? node.label : node.rank;
  return PROGRAMS.find(([pattern]) => pattern.test(program))?.[1] ?? PLAIN[node.kind] ?? 'process';
}

export function hueOf(role: Role): Hue {
  return HUES[role];
}
