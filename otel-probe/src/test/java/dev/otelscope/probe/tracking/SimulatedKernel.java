package dev.otelscope.probe.tracking;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.SocketOwners;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sockets that tests open, fill and close, told as a source of the second tier tells them: once,
/// and again when something has changed.
public final class SimulatedKernel implements ConnectionSource, SocketOwners {

  /// One end of a connection.
  public final class End {
    final String namespace;
    final SocketTuple tuple;
    final long cookie = ++lastCookie;
    long inode;
    TcpState state = TcpState.ESTABLISHED;
    Socket.Direction direction = Socket.Direction.UNKNOWN;
    long sent;
    long received;
    long retransmits;
    long rttMicros = 1_000;
    private @Nullable Socket told;

    private End(String namespace, SocketTuple tuple) {
      this.namespace = namespace;
      this.tuple = tuple;
    }

    public End heldBy(ProcessIdentity process) {
      inode = ++lastInode;
      holders.put(inode, process);
      return this;
    }

    public End sends(long bytes) {
      sent += bytes;
      return this;
    }

    public End receives(long bytes) {
      received += bytes;
      return this;
    }

    public void close() {
      close(true);
    }

    public void fail() {
      close(false);
    }

    private void close(boolean established) {
      if (ends.remove(cookie) != null) {
        holders.remove(inode);
        closed.add(
            new Closed(
                namespace,
                new ClosedSocket(
                    tuple.transport(),
                    tuple.localAddress(),
                    tuple.localPort(),
                    tuple.remoteAddress(),
                    tuple.remotePort(),
                    cookie,
                    established,
                    sent,
                    received,
                    retransmits)));
      }
    }

    private Socket toSocket() {
      return new Socket(
          tuple.transport(),
          tuple.localAddress(),
          tuple.localPort(),
          tuple.remoteAddress(),
          tuple.remotePort(),
          cookie,
          inode,
          0,
          state,
          direction,
          sent,
          received,
          retransmits,
          rttMicros);
    }
  }

  private record Closed(String namespace, ClosedSocket socket) {}

  private record Past(String namespace, PastConnections connections) {}

  private record Listening(String namespace, ListeningSocket socket) {}

  private final List<String> namespaces;
  private final Map<Long, End> ends = new LinkedHashMap<>();
  private final Map<Long, ProcessIdentity> holders = new HashMap<>();
  private final List<Listening> listening = new ArrayList<>();
  private List<Closed> closed = new ArrayList<>();
  private final List<Past> past = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private Tier tier = Tier.SOCK_DIAG;
  private long lastCookie;
  private long lastInode = 1_000;

  public SimulatedKernel(String... namespaces) {
    this.namespaces = List.of(namespaces);
  }

  public static ProcessIdentity process(int pid) {
    return new ProcessIdentity(pid, 100L * pid);
  }

  public static SocketTuple tcp(String local, int localPort, String remote, int remotePort) {
    return new SocketTuple(
        Transport.TCP, IpAddress.parse(local), localPort, IpAddress.parse(remote), remotePort);
  }

  /// Runs `work` between the dumps of two namespaces of each scan.
  public void meanwhile(Runnable work) {
    meanwhile = work;
  }

  /// From now on it is another way to see the same sockets, which has its own numbers for them.
  public void becomes(Tier other) {
    tier = other;
  }

  public End open(String namespace, SocketTuple tuple) {
    End end = new End(namespace, tuple);
    ends.put(end.cookie, end);
    return end;
  }

  public long listen(
      String namespace, Transport transport, String address, int port, ProcessIdentity by) {
    long inode = ++lastInode;
    holders.put(inode, by);
    listening.add(
        new Listening(
            namespace,
            new ListeningSocket(transport, IpAddress.parse(address), port, inode, true)));
    return inode;
  }

  /// Adds up connections that no scan will meet.
  public void past(String namespace, PastConnections connections) {
    past.add(new Past(namespace, connections));
  }

  public void stopListening(int port) {
    listening.removeIf(one -> one.socket().port() == port);
  }

  @Override
  public Tier tier() {
    return tier;
  }

  @Override
  public void scan(ConnectionListener listener) {
    for (String namespace : namespaces) {
      listener.namespace(namespace);
      for (Listening one : listening) {
        if (one.namespace().equals(namespace)) {
          listener.listening(one.socket());
        }
      }
      for (End end : List.copyOf(ends.values())) {
        if (end.namespace.equals(namespace)) {
          Socket now = numbered(end.toSocket());
          if (!now.equals(end.told)) {
            end.told = now;
            listener.open(now);
          }
        }
      }
      meanwhile.run();
    }
    tellClosed(listener);
  }

  private void tellClosed(ConnectionListener listener) {
    List<Closed> told = closed;
    closed = new ArrayList<>();
    for (Closed one : told) {
      listener.namespace(one.namespace());
      listener.closed(one.socket());
    }
    for (Past one : past) {
      listener.namespace(one.namespace());
      listener.past(one.connections());
    }
    past.clear();
  }

  private Socket numbered(Socket socket) {
    if (tier == Tier.SOCK_DIAG) {
      return socket;
    }
    return new Socket(
        socket.transport(),
        socket.localAddress(),
        socket.localPort(),
        socket.remoteAddress(),
        socket.remotePort(),
        -socket.cookie(),
        socket.inode(),
        0,
        socket.state(),
        Socket.Direction.UNKNOWN,
        -1,
        -1,
        -1,
        -1);
  }

  @Override
  public void refresh() {}

  @Override
  public Optional<ProcessIdentity> ownerOf(long inode) {
    return Optional.ofNullable(holders.get(inode));
  }

  @Override
  public void close() {}
}
