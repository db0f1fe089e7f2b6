package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

/// How far an address means the same: everywhere, on one host (its loopback, its local bridge
/// networks), or in one network namespace of one host. The empty string stands for "any".
///
/// @param host `otelscope.host.id`, empty for [Reach#GLOBAL]
/// @param namespace network namespace, empty unless [Reach#NAMESPACE]
public record AddressScope(Reach reach, String host, String namespace) {

  /// `otelscope.address.scope` on the wire.
  public enum Reach {
    GLOBAL,
    HOST,
    NAMESPACE
  }

  public static final AddressScope GLOBAL = new AddressScope(Reach.GLOBAL, "", "");

  public AddressScope {
    requireNonNull(reach, "reach");
    if ((reach == Reach.GLOBAL) != host.isEmpty()) {
      throw new IllegalArgumentException(reach + " scope with host '" + host + "'");
    }
    if ((reach == Reach.NAMESPACE) == namespace.isEmpty()) {
      throw new IllegalArgumentException(reach + " scope with namespace '" + namespace + "'");
    }
  }

  public static AddressScope host(String host) {
    return new AddressScope(Reach.HOST, host, "");
  }

  public static AddressScope namespace(String host, String namespace) {
    return new AddressScope(Reach.NAMESPACE, host, namespace);
  }
}
