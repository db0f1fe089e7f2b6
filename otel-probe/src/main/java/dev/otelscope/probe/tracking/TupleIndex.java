package dev.otelscope.probe.tracking;

import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.probe.connection.SocketTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds sockets by their addresses and ports, across the network namespaces of this host.
///
/// ```
/// tcp 10.0.0.1:40000 > 10.0.0.2:80       [socket in namespace 1]
/// tcp 10.0.0.2:80 > 10.0.0.1:40000       [socket in namespace 2]
/// tcp 127.0.0.1:40000 > 127.0.0.1:80     [socket in namespace 1, socket in namespace 2]
/// ```
///
/// Where addresses are translated on the way, the other end is the one that the translation leads
/// to.
final class TupleIndex {
  private final Map<SocketTuple, List<TrackedSocket>> sockets = new HashMap<>();
  private final Reaches reaches;

  TupleIndex(Reaches reaches) {
    this.reaches = reaches;
  }

  void add(TrackedSocket socket) {
    sockets.computeIfAbsent(socket.tuple, tuple -> new ArrayList<>(1)).add(socket);
  }

  void remove(TrackedSocket socket) {
    List<TrackedSocket> same = sockets.get(socket.tuple);
    if (same != null && same.remove(socket) && same.isEmpty()) {
      sockets.remove(socket.tuple);
    }
  }

  /// The socket in this namespace that has not ended, else empty.
  Optional<TrackedSocket> find(String namespace, SocketTuple tuple) {
    return at(tuple).stream()
        .filter(socket -> socket.namespace.equals(namespace) && !socket.isEnded())
        .findFirst();
  }

  /// The socket at the other end of this one: in the same namespace first; in another one only if
  /// the addresses mean the same there, and nobody else there or here could be meant.
  Optional<TrackedSocket> otherEndOf(TrackedSocket socket) {
    List<TrackedSocket> candidates = at(socket.otherEnd());
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    for (TrackedSocket candidate : candidates) {
      if (candidate.namespace.equals(socket.namespace) && isFree(candidate, socket)) {
        return Optional.of(candidate);
      }
    }
    SocketTuple there = candidates.getFirst().tuple;
    Reach reach = reaches.of(there.localAddress(), there.remoteAddress());
    if (reach == Reach.NAMESPACE || onlyNamespaceOf(at(socket.tuple)) == null) {
      return Optional.empty();
    }
    return onlyNamespaceOf(candidates) == null
        ? Optional.empty()
        : candidates.stream().filter(candidate -> isFree(candidate, socket)).findFirst();
  }

  private List<TrackedSocket> at(SocketTuple tuple) {
    return sockets.getOrDefault(tuple, List.of());
  }

  private static boolean isFree(TrackedSocket candidate, TrackedSocket socket) {
    return candidate != socket
        && candidate.peer == null
        && candidate.isEstablished() == socket.isEstablished();
  }

  private static @Nullable String onlyNamespaceOf(List<TrackedSocket> sockets) {
    String namespace = sockets.getFirst().namespace;
    return sockets.stream().allMatch(socket -> socket.namespace.equals(namespace))
        ? namespace
        : null;
  }
}
