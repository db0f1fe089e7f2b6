package dev.otelscope.model;

/// The entity types that the project itself gives meaning to, and how each is identified. The set
/// is open: any OTLP producer may bring types of its own.
///
/// ```
/// host          host~<otelscope.host.id>
/// process       process~<host id>~<pid>~<boot id>-<start ticks>
/// container     container~<container.id>
/// k8s.pod       k8s.pod~<k8s.pod.uid>
/// unattributed  unattributed~<host id>~<network namespace>
/// address       address~<host id, or "global">~<ip>
/// ```
public final class EntityType {
  public static final String HOST = "host";
  public static final String PROCESS = "process";
  public static final String CONTAINER = "container";

  /// Known by what its containers say of it.
  public static final String POD = "k8s.pod";

  /// Stands for the connections of a network namespace whose process nobody could see.
  public static final String UNATTRIBUTED = "unattributed";

  /// An end of a connection that nothing claims.
  public static final String ADDRESS = "address";

  /// First value of an [#ADDRESS] that means the same everywhere.
  public static final String GLOBAL = "global";

  private EntityType() {}
}
