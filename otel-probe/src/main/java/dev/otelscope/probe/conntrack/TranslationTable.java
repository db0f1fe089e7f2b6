package dev.otelscope.probe.conntrack;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ServerAddress;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Translation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The translated connections of all network namespaces, by the addresses at either end.
///
/// ```
/// connections   (router, 10.0.0.1:40000 > 10.96.0.1:80)   → 10.0.2.7:8080 > 10.0.0.1:40000
/// ends          10.0.0.1:40000 > 10.96.0.1:80             → [that one]
///               10.0.2.7:8080 > 10.0.0.1:40000            → [that one]
/// ```
///
/// `connections` is the primary map, `ends` is derived. Has no clock; not thread-safe.
final class TranslationTable {
  /*
   * Memory
   *   At most LIMIT connections, 600 bytes each; the oldest give way. The kernel remembers a
   *   connection for two minutes after its end, but nobody asks about it later than a scan or two
   *   after its beginning.
   *
   * Expiry
   *   An event removes a connection, or a dump that does not tell it: whoever begins a dump gets its
   *   number, everything told from then on carries it, and what carries an older one is swept.
   */
  static final int LIMIT = 32_768;

  /// Servers that are remembered; there are seldom more than a few hundred.
  static final int SERVER_LIMIT = 4_096;

  private record Place(String namespace, SocketTuple original) {}

  private static final class Connection {
    private final Place place;
    private final SocketTuple reply;
    private long dump;

    private Connection(Place place, SocketTuple reply) {
      this.place = place;
      this.reply = reply;
    }

    private boolean isOriginal(SocketTuple end) {
      return end.equals(place.original);
    }

    private SocketTuple otherEndOf(SocketTuple end) {
      return isOriginal(end) ? reply : place.original;
    }
  }

  private final Map<Place, Connection> connections = new LinkedHashMap<>();
  private final Map<SocketTuple, List<Connection>> ends = new HashMap<>();
  private final Set<ServerAddress> servers = new HashSet<>();
  private long dump;

  /// How many connections are known.
  int size() {
    return connections.size();
  }

  /// The kernel tracks a translated connection.
  ///
  /// @param original as the client's socket has it
  /// @param reply as the server's socket has it
  void add(String namespace, SocketTuple original, SocketTuple reply) {
    Place place = new Place(namespace, original);
    Connection known = connections.get(place);
    if (known == null || !known.reply.equals(reply)) {
      if (known != null) {
        remove(known);
      }
      known = new Connection(place, reply);
      connections.put(place, known);
      ends.computeIfAbsent(original, end -> new ArrayList<>(1)).add(known);
      ends.computeIfAbsent(reply, end -> new ArrayList<>(1)).add(known);
      addServers(original, reply);
    }
    known.dump = dump;
    if (connections.size() > LIMIT) {
      remove(connections.values().iterator().next());
    }
  }

  /// Where connections are or were translated, before and after. One whose client alone is
  /// translated is left out when it is on the Internet, where there are too many.
  Set<ServerAddress> servers() {
    return Collections.unmodifiableSet(servers);
  }

  /// The kernel has forgotten a connection.
  void remove(String namespace, SocketTuple original, SocketTuple reply) {
    Connection known = connections.get(new Place(namespace, original));
    if (known != null && known.reply.equals(reply)) {
      remove(known);
    }
  }

  /// Everything of a namespace is about to be told.
  ///
  /// @return the number of this dump
  long beginDump() {
    return ++dump;
  }

  /// Forgets what has not been told in a namespace since a dump began.
  void sweep(String namespace, long dumpNumber) {
    removeIf(namespace, dumpNumber);
  }

  /// The namespace is gone.
  void forget(String namespace) {
    removeIf(namespace, Long.MAX_VALUE);
  }

  /// Follows a connection from the end that has `tuple` through every namespace that translates it:
  /// that of the socket first, then others, as long as only one of them can be meant.
  Optional<Translation> of(String namespace, SocketTuple tuple) {
    Connection first = next(namespace, tuple, Set.of());
    if (first == null) {
      return Optional.empty();
    }
    SocketTuple otherEnd = first.otherEndOf(tuple);
    Set<String> passed = new HashSet<>(2);
    for (Connection step = first; step != null; ) {
      passed.add(step.place.namespace);
      SocketTuple onTheWay = otherEnd.reversed();
      step = next(namespace, onTheWay, passed);
      if (step != null) {
        otherEnd = step.otherEndOf(onTheWay);
      }
    }
    boolean client = first.isOriginal(tuple);
    return Optional.of(
        new Translation(otherEnd, client ? Socket.Direction.OUTBOUND : Socket.Direction.INBOUND));
  }

  private void addServers(SocketTuple original, SocketTuple reply) {
    ServerAddress asked = new ServerAddress(original.remoteAddress(), original.remotePort());
    ServerAddress reached = new ServerAddress(reply.localAddress(), reply.localPort());
    boolean elsewhere = asked.equals(reached) && asked.address().isPublic();
    if (original.transport() == Transport.TCP && !elsewhere && servers.size() < SERVER_LIMIT - 1) {
      servers.add(asked);
      servers.add(reached);
    }
  }

  private @Nullable Connection next(String namespace, SocketTuple end, Set<String> passed) {
    Connection only = null;
    int count = 0;
    for (Connection candidate : ends.getOrDefault(end, List.of())) {
      if (passed.contains(candidate.place.namespace)) {
        continue;
      }
      if (candidate.place.namespace.equals(namespace)) {
        return candidate;
      }
      only = candidate;
      count++;
    }
    boolean leaves = !isConfined(end.localAddress()) && !isConfined(end.remoteAddress());
    return count == 1 && leaves ? only : null;
  }

  /// Whether packets with this address stay in their namespace.
  private static boolean isConfined(IpAddress address) {
    return address.isLoopback() || address.isLinkLocal();
  }

  private void removeIf(String namespace, long before) {
    for (Iterator<Connection> each = connections.values().iterator(); each.hasNext(); ) {
      Connection connection = each.next();
      if (connection.dump < before && connection.place.namespace.equals(namespace)) {
        each.remove();
        removeEnds(connection);
      }
    }
  }

  private void remove(Connection connection) {
    connections.remove(connection.place);
    removeEnds(connection);
  }

  private void removeEnds(Connection connection) {
    removeEnd(connection.place.original, connection);
    removeEnd(connection.reply, connection);
  }

  private void removeEnd(SocketTuple end, Connection connection) {
    List<Connection> same = ends.get(end);
    if (same != null && same.remove(connection) && same.isEmpty()) {
      ends.remove(end);
    }
  }
}
