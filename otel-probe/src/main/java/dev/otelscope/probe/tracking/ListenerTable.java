package dev.otelscope.probe.tracking;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ListeningSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who listens where, as of the last two scans: a listener that has just gone still explains the
/// connections that it accepted.
final class ListenerTable {

  /// A listening socket and where it is.
  record Entry(String namespace, ListeningSocket socket) {}

  private record Place(String namespace, Transport transport, int port) {}

  private Generation previous = new Generation();
  private Generation current = new Generation();

  /// A new scan begins.
  void advance() {
    previous = current;
    current = new Generation();
  }

  void add(String namespace, ListeningSocket socket) {
    current.entries.add(new Entry(namespace, socket));
    current
        .places
        .computeIfAbsent(
            new Place(namespace, socket.transport(), socket.port()), place -> new ArrayList<>(1))
        .add(socket);
  }

  /// Those that the last scan met.
  List<Entry> entries() {
    return current.entries;
  }

  /// Whether someone listens on this address and port in the namespace, or on all addresses.
  boolean isListening(String namespace, Transport transport, IpAddress address, int port) {
    Place place = new Place(namespace, transport, port);
    return current.covers(place, address) || previous.covers(place, address);
  }

  /// Whether connections to `address` come to the socket.
  static boolean covers(ListeningSocket socket, IpAddress address) {
    IpAddress bound = socket.address();
    if (bound.equals(address)) {
      return true;
    }
    if (bound.equals(IpAddress.ANY_V4)) {
      return address.isV4();
    }
    return bound.equals(IpAddress.ANY_V6) && (!address.isV4() || socket.bothFamilies());
  }

  private static final class Generation {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Place, List<ListeningSocket>> places = new HashMap<>();

    boolean covers(Place place, IpAddress address) {
      for (ListeningSocket socket : places.getOrDefault(place, List.of())) {
        if (ListenerTable.covers(socket, address)) {
          return true;
        }
      }
      return false;
    }
  }
}
