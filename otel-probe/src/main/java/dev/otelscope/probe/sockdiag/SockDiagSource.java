package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Connections as `sock_diag` tells them: of all network namespaces (tier 2), or of the own one,
/// which takes no privileges (tier 3). Asked by one thread.
///
/// A scan costs about 1.3 µs a socket and 1 ms a namespace, nearly all of it in the kernel.
public final class SockDiagSource implements ConnectionSource {
  private final Tier tier;
  private final NetworkNamespaces namespaces;
  private final SocketDump dumps = new SocketDump();
  private final DestroyEvents destroyed = new DestroyEvents();
  private final Map<Long, NamespaceSockets> watched = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();

  private SockDiagSource(Tier tier, NetworkNamespaces namespaces) {
    this.tier = tier;
    this.namespaces = namespaces;
  }

  /// Tier 2.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static SockDiagSource of(NamespaceSelection selection) throws KernelException {
    return new SockDiagSource(Tier.SOCK_DIAG, NetworkNamespaces.wanted(selection));
  }

  /// Tier 3.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static SockDiagSource ofOwnNamespace() throws KernelException {
    return new SockDiagSource(Tier.OWN_SOCK_DIAG, NetworkNamespaces.onlyOwn());
  }

  @Override
  public Tier tier() {
    return tier;
  }

  @Override
  public void scan(ConnectionListener listener) throws IOException {
    Set<Long> present = namespaces.find();
    endAbsent(present, listener);
    for (long inode : present) {
      if (!watched.containsKey(inode) && !refused.contains(inode)) {
        watch(inode, listener);
      }
    }
    for (NamespaceSockets sockets : watched.values()) {
      sockets.scan(dumps, destroyed, listener);
    }
  }

  @Override
  public void close() {
    watched.values().forEach(NamespaceSockets::close);
    watched.clear();
    namespaces.close();
  }

  private void watch(long inode, ConnectionListener listener) throws KernelException {
    try {
      Optional<NamespaceSockets> sockets =
          namespaces.inside(inode, () -> NamespaceSockets.here(inode));
      sockets.ifPresent(opened -> watched.put(inode, opened));
    } catch (KernelException e) {
      if (!e.isDenied()) {
        throw e;
      }
      refused.add(inode);
      listener.lost("namespace_denied", 1);
    }
  }

  private void endAbsent(Set<Long> present, ConnectionListener listener) throws IOException {
    refused.retainAll(present);
    Iterator<Map.Entry<Long, NamespaceSockets>> each = watched.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, NamespaceSockets> entry = each.next();
      if (!present.contains(entry.getKey())) {
        each.remove();
        try (NamespaceSockets ended = entry.getValue()) {
          ended.end(destroyed, listener);
        }
      }
    }
  }
}
