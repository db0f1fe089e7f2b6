package dev.otelscope.model;

/// Names of attributes on the wire: the semantic conventions' where they have one, else ours, which
/// start with `otelscope.`.
public final class AttributeNames {
  // Resources
  public static final String SERVICE_NAME = "service.name";
  public static final String SERVICE_INSTANCE_ID = "service.instance.id";
  public static final String ENTITY_TYPE = "otelscope.entity.type";

  // Hosts
  public static final String SCOPE_HOST_ID = "otelscope.host.id";
  public static final String HOST_ID = "host.id";
  public static final String HOST_NAME = "host.name";
  public static final String HOST_ARCH = "host.arch";
  public static final String HOST_IP = "host.ip";
  public static final String HOST_BOOT_ID = "otelscope.host.boot_id";
  public static final String HOST_NETWORKS = "otelscope.host.networks";
  public static final String HOST_LOCAL_NETWORKS = "otelscope.host.local_networks";
  public static final String OS_TYPE = "os.type";
  public static final String OS_VERSION = "os.version";
  public static final String OS_DESCRIPTION = "os.description";
  public static final String K8S_NODE_NAME = "k8s.node.name";

  // Processes
  public static final String PROCESS_PID = "process.pid";
  public static final String PROCESS_VPID = "process.vpid";
  public static final String PROCESS_START = "otelscope.process.start";
  public static final String PROCESS_CREATION_TIME = "process.creation.time";
  public static final String PROCESS_EXECUTABLE_NAME = "process.executable.name";
  public static final String PROCESS_EXECUTABLE_PATH = "process.executable.path";
  public static final String PROCESS_COMMAND_LINE = "process.command_line";
  public static final String PROCESS_PARENT_PID = "process.parent_pid";
  public static final String PROCESS_OWNER = "process.owner";
  public static final String PROCESS_CGROUP = "process.linux.cgroup";
  public static final String NETWORK_NAMESPACE = "otelscope.network.namespace";

  // Containers
  public static final String CONTAINER_ID = "container.id";
  public static final String CONTAINER_NAME = "container.name";
  public static final String CONTAINER_RUNTIME = "container.runtime.name";
  public static final String CONTAINER_IMAGE_NAME = "container.image.name";
  public static final String CONTAINER_IMAGE_TAGS = "container.image.tags";
  public static final String CONTAINER_IMAGE_ID = "container.image.id";
  public static final String CONTAINER_IMAGE_DIGESTS = "container.image.repo_digests";
  public static final String CONTAINER_HOSTNAME = "otelscope.container.hostname";
  public static final String CONTAINER_NETWORKS = "otelscope.container.networks";
  public static final String CONTAINER_ADDRESSES = "otelscope.container.addresses";
  public static final String CONTAINER_PORTS = "otelscope.container.ports";

  /// Of [MetricNames#CONTAINER_STATE]: `running`, `paused`, `exited`, ….
  public static final String STATE = "otelscope.state";

  /// Followed by the key of a label that the container's runtime knows.
  public static final String CONTAINER_LABEL_PREFIX = "container.label.";

  // Kubernetes
  public static final String K8S_POD_UID = "k8s.pod.uid";
  public static final String K8S_POD_NAME = "k8s.pod.name";
  public static final String K8S_NAMESPACE_NAME = "k8s.namespace.name";
  public static final String K8S_CONTAINER_NAME = "k8s.container.name";
  public static final String K8S_CONTAINER_RESTARTS = "k8s.container.restart_count";

  // Connections
  public static final String CONNECTION_ROLE = "otelscope.connection.role";
  public static final String CLIENT_ADDRESS = "client.address";
  public static final String SERVER_ADDRESS = "server.address";
  public static final String SERVER_PORT = "server.port";
  public static final String NETWORK_TRANSPORT = "network.transport";
  public static final String NETWORK_TYPE = "network.type";
  public static final String NETWORK_INTERFACE_NAME = "network.interface.name";
  public static final String NETWORK_IO_DIRECTION = "network.io.direction";
  public static final String NETWORK_PEER_ADDRESS = "network.peer.address";
  public static final String NETWORK_PEER_PORT = "network.peer.port";
  public static final String NETWORK_PROTOCOL_NAME = "network.protocol.name";
  public static final String ADDRESS_SCOPE = "otelscope.address.scope";
  public static final String PEER = "otelscope.peer";
  public static final String TRANSLATED_CLIENT_ADDRESS = "otelscope.client.translated_address";
  public static final String ERROR_TYPE = "error.type";
  public static final String OVERFLOW = "otelscope.overflow";

  // Answers of name servers
  public static final String DNS_QUESTION_NAME = "dns.question.name";
  public static final String DNS_ANSWERS = "dns.answers";
  public static final String DNS_TTL = "otelscope.dns.ttl";
  public static final String DNS_SINCE = "otelscope.dns.since";

  /// All names of an address that has several.
  public static final String DNS_NAMES = "otelscope.dns.names";

  // Of exemplars: one connection, as the server's kernel sees it
  public static final String TUPLE_CLIENT_ADDRESS = "otelscope.tuple.client.address";
  public static final String TUPLE_CLIENT_PORT = "otelscope.tuple.client.port";
  public static final String TUPLE_SERVER_ADDRESS = "otelscope.tuple.server.address";
  public static final String TUPLE_SERVER_PORT = "otelscope.tuple.server.port";

  // The probe itself
  public static final String PROBE_TIER = "otelscope.probe.tier";
  public static final String PROBE_REASON = "otelscope.probe.reason";
  public static final String PROBE_UNTRANSLATED = "otelscope.probe.untranslated";
  public static final String PROBE_UNNAMED = "otelscope.probe.unnamed";
  public static final String PROBE_START = "otelscope.probe.start";
  public static final String PROBE_EXPORT_INTERVAL = "otelscope.probe.export_interval";
  public static final String LOST_REASON = "otelscope.lost.reason";

  private AttributeNames() {}
}
