package dev.otelscope.probe.tracking;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.SocketOwners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many sockets listen where, and whose they are.
final class ListenerCount {
  private final ListenerTable table;
  private final HostAddresses addresses;
  private final SocketOwners owners;
  private Map<ListenerKey, Integer> counts = Map.of();

  ListenerCount(ListenerTable table, HostAddresses addresses, SocketOwners owners) {
    this.table = table;
    this.addresses = addresses;
    this.owners = owners;
  }

  /// As counted last; nothing changes it.
  Map<ListenerKey, Integer> counts() {
    return counts;
  }

  /// Lets the owners know who will be asked for.
  void askForOwners() {
    table.entries().forEach(entry -> ownerOf(entry.socket()));
  }

  /// Counts what the last scan met.
  void count() {
    Map<ListenerKey, Integer> next = new HashMap<>();
    for (ListenerTable.Entry entry : table.entries()) {
      ListeningSocket socket = entry.socket();
      LocalEntity owner = LocalEntity.of(ownerOf(socket), entry.namespace());
      for (IpAddress address : addressesOf(entry)) {
        next.merge(
            new ListenerKey(owner, entry.namespace(), socket.transport(), address, socket.port()),
            1,
            Integer::sum);
      }
    }
    counts = Collections.unmodifiableMap(next);
  }

  private Optional<ProcessIdentity> ownerOf(ListeningSocket socket) {
    return socket.process().or(() -> owners.ownerOf(socket.inode()));
  }

  private Collection<IpAddress> addressesOf(ListenerTable.Entry entry) {
    ListeningSocket socket = entry.socket();
    if (!socket.address().isUnspecified()) {
      return List.of(socket.address());
    }
    List<IpAddress> covered = new ArrayList<>();
    for (IpAddress address : addresses.of(entry.namespace())) {
      if (ListenerTable.covers(socket, address)) {
        covered.add(address);
      }
    }
    return covered.isEmpty() ? List.of(socket.address()) : covered;
  }
}
