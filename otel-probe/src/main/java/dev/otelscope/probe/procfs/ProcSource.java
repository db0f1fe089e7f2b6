package dev.otelscope.probe.procfs;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.OpenSockets;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.Libc;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.util.BitSet;
import java.util.Set;

/// Connections as the tables of `/proc/net` show them: those that are open at a scan, without bytes
/// and without who connected. Asked by one thread.
final class ProcSource implements ConnectionSource {
  /// The tables of a namespace. Those of IPv4 come first: see [#tellListening].
  private enum Table {
    TCP_V4("tcp", Transport.TCP, false),
    TCP_V6("tcp6", Transport.TCP, true),
    UDP_V4("udp", Transport.UDP, false),
    UDP_V6("udp6", Transport.UDP, true);

    private final String file;
    private final Transport transport;
    private final boolean v6;

    Table(String file, Transport transport, boolean v6) {
      this.file = file;
      this.transport = transport;
      this.v6 = v6;
    }
  }

  private static final Table[] TABLES = Table.values();

  private final NetworkNamespaces namespaces;
  private final OpenNamespaces open;
  private final long own;
  private final SocketTable reader = new SocketTable();

  /// Ports on which something listens at all IPv4 addresses of the namespace that is being told.
  private final BitSet tcpPorts = new BitSet();

  private final BitSet udpPorts = new BitSet();

  ProcSource(NetworkNamespaces namespaces, OpenNamespaces open) throws KernelException {
    this.namespaces = namespaces;
    this.own = NetworkNamespaces.own();
    this.open = open;
    open.rekey(SocketRow::key);
  }

  @Override
  public Tier tier() {
    return Tier.PROC;
  }

  @Override
  public void scan(ConnectionListener listener) throws IOException {
    Set<Long> present = namespaces.find();
    open.endAllBut(present, listener);
    for (long inode : present) {
      scan(inode, listener);
    }
  }

  @Override
  public void close() {
    namespaces.close();
  }

  private void scan(long inode, ConnectionListener listener) throws IOException {
    OpenSockets sockets = open.in(inode);
    listener.namespace(Long.toString(inode));
    sockets.begin();
    tcpPorts.clear();
    udpPorts.clear();
    for (Table table : TABLES) {
      if (!read(inode, table, sockets, listener)) {
        listener.lost("namespace_failed", 1);
        return; // what was not read is not gone
      }
    }
    sockets.sweep(false, socket -> false, listener);
  }

  /// @return false when the table could not be read to its end: the process through which the
  ///   namespace was seen is gone
  private boolean read(long inode, Table table, OpenSockets sockets, ConnectionListener listener)
      throws IOException {
    int fd = namespaces.openFile(inode, table.file);
    if (fd < 0) {
      if (inode == own) {
        checkReadable(table, fd);
      }
      return isWithoutV6(table, fd);
    }
    try {
      int malformed = reader.read(fd, row -> tell(table, row, sockets, listener));
      if (malformed > 0) {
        listener.lost("malformed_row", malformed);
      }
      return true;
    } catch (KernelException e) {
      return false;
    } finally {
      Libc.close(fd);
    }
  }

  private void tell(Table table, SocketRow row, OpenSockets sockets, ConnectionListener listener) {
    if (row.isListening() || !row.hasPeer()) {
      tellListening(table, row, listener);
    } else if (table.transport == Transport.UDP || row.isConnection()) {
      tellOpen(table.transport, row, sockets, listener);
    }
  }

  private void tellOpen(
      Transport transport, SocketRow row, OpenSockets sockets, ConnectionListener listener) {
    long key = row.key(transport);
    Socket known = sockets.known(key);
    if (known != null && row.isAnother(known)) {
      sockets.replaced(key, listener);
      known = null;
    }
    Socket socket =
        known == null ? row.toSocket(transport, open.nextCookie()) : row.toSocket(known);
    if (sockets.meet(key, socket)) {
      listener.open(socket);
    }
  }

  /// The tables do not say whether a listener at `::` takes IPv4, too. It does by default, and it
  /// cannot where another one has the port there.
  private void tellListening(Table table, SocketRow row, ConnectionListener listener) {
    BitSet ports = table.transport == Transport.TCP ? tcpPorts : udpPorts;
    if (!table.v6 && row.isBoundToAll()) {
      ports.set(row.localPort());
    }
    boolean bothFamilies = table.v6 && row.isBoundToAll() && !ports.get(row.localPort());
    listener.listening(row.toListening(table.transport, bothFamilies));
  }

  /// Without its own tables this tier sees nothing at all.
  private static void checkReadable(Table table, int fd) throws KernelException {
    if (!isWithoutV6(table, fd)) {
      throw new KernelException(
          "open(/proc/net/" + table.file + ")", -fd, "make /proc readable for the probe");
    }
  }

  private static boolean isWithoutV6(Table table, int fd) {
    return table.v6 && fd == -Errno.ENOENT;
  }
}
