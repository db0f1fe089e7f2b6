package dev.otelscope.probe.tracking;

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
  /*
   * Equal addresses
   *   Two networks may use the same addresses (the bridges of two Docker Engines), so that a tuple may
   *   exist twice. An end is paired across namespaces only if its tuple and the other end's are in one
   *   namespace each. Where an address is known to be in several, that is not enough: what could also
   *   be meant may have been closed by its process and be met by no scan any more. Then both ends must
   *   be fully open: each has an other end that has not been closed, which a scan meets wherever it is,
   *   so if it were another one, the tuple would be there twice.
   *
   * Memory: one entry for each tuple; the few sockets with the same one are a list by `sameTuple`.
   */
  private final Map<SocketTuple, TrackedSocket> sockets = new HashMap<>();
  private final HostAddresses addresses;

  TupleIndex(HostAddresses addresses) {
    this.addresses = addresses;
  }

  void add(TrackedSocket socket) {
    socket.sameTuple = sockets.put(socket.tuple, socket);
  }

  void remove(TrackedSocket socket) {
    TrackedSocket first = sockets.get(socket.tuple);
    if (first == socket) {
      if (socket.sameTuple == null) {
        sockets.remove(socket.tuple);
      } else {
        sockets.put(socket.tuple, socket.sameTuple);
      }
    }
    for (TrackedSocket each = first; each != null; each = each.sameTuple) {
      if (each.sameTuple == socket) {
        each.sameTuple = socket.sameTuple;
      }
    }
    socket.sameTuple = null;
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
    if (Reaches.isOfNamespace(there.localAddress())
        || Reaches.isOfNamespace(there.remoteAddress())
        || onlyNamespaceOf(at(socket.tuple)) == null
        || onlyNamespaceOf(candidates) == null) {
      return Optional.empty();
    }
    boolean mayBeOfTwoNetworks =
        addresses.isInSeveral(there.localAddress()) || addresses.isInSeveral(there.remoteAddress());
    return candidates.stream()
        .filter(candidate -> isFree(candidate, socket))
        .filter(candidate -> !mayBeOfTwoNetworks || areFullyOpen(candidate, socket))
        .findFirst();
  }

  private static boolean areFullyOpen(TrackedSocket one, TrackedSocket other) {
    return one.isFullyOpen() && other.isFullyOpen();
  }

  private List<TrackedSocket> at(SocketTuple tuple) {
    List<TrackedSocket> all = new ArrayList<>(1);
    for (TrackedSocket each = sockets.get(tuple); each != null; each = each.sameTuple) {
      all.add(each);
    }
    return all.reversed(); // the oldest first
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
