package dev.otelscope.probe.tracking;

import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.primitive.LongMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every socket that is tracked, found by its number, by its addresses, or because it is awake: the
/// few that a scan has to look at.
final class SocketRegister {
  private final Map<String, LongMap<TrackedSocket>> byNamespace = new HashMap<>(); // then by cookie
  private final TupleIndex byTuple;
  private List<TrackedSocket> awake = new ArrayList<>();
  private String lastNamespace = ""; // sockets of one come one after the other
  private @Nullable LongMap<TrackedSocket> lastSockets; // of it; null while it has none

  SocketRegister(HostAddresses addresses) {
    this.byTuple = new TupleIndex(addresses);
  }

  /// @param cookie the number that its tier gives to a socket, see [TrackedSocket#cookie]
  @Nullable TrackedSocket find(String namespace, long cookie) {
    LongMap<TrackedSocket> there = in(namespace);
    return there == null ? null : there.get(cookie);
  }

  /// The socket with these addresses that has not ended.
  Optional<TrackedSocket> find(String namespace, SocketTuple tuple) {
    return byTuple.find(namespace, tuple);
  }

  /// The socket at the other end of this one, see [TupleIndex#otherEndOf].
  Optional<TrackedSocket> otherEndOf(TrackedSocket socket) {
    return byTuple.otherEndOf(socket);
  }

  void add(TrackedSocket socket) {
    byTuple.add(socket);
    put(socket);
  }

  /// From now on it has another number.
  void renumber(TrackedSocket socket, long cookie) {
    forgetNumber(socket);
    socket.cookie = cookie;
    put(socket);
  }

  /// Every socket, in no order.
  void forEach(Consumer<TrackedSocket> action) {
    byNamespace.values().forEach(ofNamespace -> ofNamespace.forEach(action));
  }

  /// Those to look at, in the order in which they woke up.
  List<TrackedSocket> awake() {
    return awake;
  }

  void wake(TrackedSocket socket) {
    if (!socket.isAwake) {
      socket.isAwake = true;
      awake.add(socket);
    }
  }

  /// Lets all others sleep.
  void keepAwake(Predicate<TrackedSocket> condition) {
    List<TrackedSocket> kept = new ArrayList<>();
    for (TrackedSocket socket : awake) {
      if (condition.test(socket)) {
        kept.add(socket);
      } else {
        socket.isAwake = false;
      }
    }
    awake = kept;
  }

  /// Forgets a socket; one that is awake is still to be let sleep.
  void remove(TrackedSocket socket) {
    byTuple.remove(socket);
    forgetNumber(socket);
  }

  private @Nullable LongMap<TrackedSocket> in(String namespace) {
    if (!lastNamespace.equals(namespace)) {
      lastNamespace = namespace;
      lastSockets = byNamespace.get(namespace);
    }
    return lastSockets;
  }

  private void put(TrackedSocket socket) {
    LongMap<TrackedSocket> there = in(socket.namespace);
    if (there == null) {
      there = new LongMap<>();
      byNamespace.put(socket.namespace, there);
      lastSockets = there;
    }
    there.put(socket.cookie, socket);
  }

  private void forgetNumber(TrackedSocket socket) {
    LongMap<TrackedSocket> there = in(socket.namespace);
    if (there != null && there.get(socket.cookie) == socket) {
      there.remove(socket.cookie);
      if (there.size() == 0) {
        byNamespace.remove(socket.namespace);
        lastSockets = null;
      }
    }
  }
}
