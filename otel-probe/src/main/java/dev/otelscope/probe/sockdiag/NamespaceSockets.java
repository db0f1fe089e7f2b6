package dev.otelscope.probe.sockdiag;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.OpenSockets;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NetlinkSocket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The sockets of one network namespace, through two netlink sockets that were opened inside it.
/// While it is open, the namespace cannot go away. Not thread-safe.
final class NamespaceSockets implements AutoCloseable {
  /// Room for events between two scans. One takes 1,280 bytes of it, so this is 25,000 connections
  /// ended a second, at both their ends; the kernel uses it only when they come.
  private static final int EVENT_BUFFER = 32 * 1024 * 1024;

  private final String name;
  private final NetlinkSocket dump;
  private final NetlinkSocket events;
  private final OpenSockets open;

  private NamespaceSockets(
      String name, NetlinkSocket dump, NetlinkSocket events, OpenSockets open) {
    this.name = name;
    this.dump = dump;
    this.events = events;
    this.open = open;
  }

  /// Opens the sockets in the calling thread's namespace.
  static NamespaceSockets here(long inode, OpenNamespaces open) throws KernelException {
    NetlinkSocket events = NetlinkSocket.open(NetlinkSocket.SOCK_DIAG, DestroyEvents.GROUPS);
    try {
      events.reserve(EVENT_BUFFER);
      NetlinkSocket dump = NetlinkSocket.open(NetlinkSocket.SOCK_DIAG, 0);
      return new NamespaceSockets(Long.toString(inode), dump, events, open.in(inode));
    } catch (KernelException e) {
      events.close();
      throw e;
    }
  }

  /// Tells what is open, then what ended. In this order a socket that ends meanwhile is told both,
  /// never neither.
  void scan(SocketDump dumps, DestroyEvents destroyed, ConnectionListener listener)
      throws IOException {
    listener.namespace(name);
    open.begin();
    dumps.all(dump, (request, message) -> tell(request.transport(), message, listener));
    drain(destroyed, listener);
    open.sweep(false, socket -> true, listener);
  }

  /// Tells the end of everything: no process is in the namespace any more.
  void end(DestroyEvents destroyed, ConnectionListener listener) throws IOException {
    listener.namespace(name);
    drain(destroyed, listener);
    open.closeAll(listener);
  }

  @Override
  public void close() {
    dump.close();
    events.close();
  }

  private void tell(Transport transport, InetDiagMessage message, ConnectionListener listener) {
    if (message.isListening() || !message.hasPeerPort()) {
      listener.listening(message.toListening(transport));
    } else if (transport == Transport.UDP || message.isWhole()) {
      @Nullable Socket known = open.known(message.cookie());
      Socket socket = message.toSocket(transport, known);
      if (open.meet(message.cookie(), socket)) {
        listener.open(socket);
      }
    }
  }

  private void drain(DestroyEvents destroyed, ConnectionListener listener) throws IOException {
    int overruns = destroyed.drain(events, message -> tellEnd(message, listener));
    if (overruns > 0) {
      listener.lost("destroy_events", overruns);
    }
  }

  /// A socket that never had a peer (a listener, or one that was closed unused) is no connection.
  private void tellEnd(InetDiagMessage message, ConnectionListener listener) {
    Transport transport = message.transport();
    if (transport == null) {
      return;
    }
    boolean hadPeer = transport == Transport.TCP ? message.hasPeer() : message.hasPeerPort();
    if (hadPeer || open.contains(message.cookie())) {
      open.destroyed(message.cookie(), message.toClosed(transport), listener);
    }
  }
}
