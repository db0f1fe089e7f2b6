package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Connections as `sock_diag` tells them: of all network namespaces (tier 2), or of the own one,
/// which takes no privileges (tier 3). Asked by one thread.
///
/// A scan costs about 1.3 µs a socket and 1 ms a namespace, nearly all of it in the kernel.
final class SockDiagSource implements ConnectionSource {
  private final Tier tier;
  private final NetworkNamespaces namespaces;
  private final OpenNamespaces open;
  private final SocketDump dumps = new SocketDump();
  private final DestroyEvents destroyed = new DestroyEvents();
  private final Map<Long, NamespaceSockets> watched = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();

  SockDiagSource(Tier tier, NetworkNamespaces namespaces, OpenNamespaces open) {
    this.tier = tier;
    this.namespaces = namespaces;
    this.open = open;
    open.rekey(Socket::cookie);
  }

  @Override
  public Tier tier() {
    return tier;
  }

  @Override
  public void scan(ConnectionListener listener) throws IOException {
    Set<Long> present = namespaces.find();
    endAbsent(present, listener);
    watchNew(present, listener);
    scanWatched(listener);
  }

  @Override
  public void close() {
    watched.values().forEach(NamespaceSockets::close);
    watched.clear();
    namespaces.close();
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
    open.endAllBut(present, listener);
  }

  private void watchNew(Set<Long> present, ConnectionListener listener) {
    for (long inode : present) {
      if (watched.containsKey(inode) || refused.contains(inode)) {
        continue;
      }
      try {
        Optional<NamespaceSockets> sockets =
            namespaces.inside(inode, () -> NamespaceSockets.here(inode, open));
        sockets.ifPresent(opened -> watched.put(inode, opened));
      } catch (KernelException e) {
        refused.add(inode); // a namespace of a user namespace that this one has no power over
        listener.lost("namespace_refused", 1);
      }
    }
  }

  /// One namespace that cannot be read is opened anew at the next scan; only when none can be read
  /// has this way stopped working.
  private void scanWatched(ConnectionListener listener) throws IOException {
    @Nullable IOException failure = null;
    boolean anyWorked = false;
    Iterator<NamespaceSockets> each = watched.values().iterator();
    while (each.hasNext()) {
      NamespaceSockets sockets = each.next();
      try {
        sockets.scan(dumps, destroyed, listener);
        anyWorked = true;
      } catch (IOException e) {
        failure = e;
        sockets.close();
        each.remove();
        listener.lost("namespace_failed", 1);
      }
    }
    if (failure != null && !anyWorked) {
      throw failure;
    }
  }
}
