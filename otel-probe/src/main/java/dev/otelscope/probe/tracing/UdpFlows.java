package dev.otelscope.probe.tracing;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.MapReader;
import dev.otelscope.probe.primitive.LongMap;
import dev.otelscope.probe.process.ProcessIdentity;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The flows of UDP, from their first packet until they have been quiet for a minute or their
/// socket is closed. Not thread-safe.
final class UdpFlows {
  /*
   * Whose flow it is
   *   A scan that meets the socket knows. A socket that lives so shortly that no scan does (a look-up
   *   of a name) belongs to who sent, and is where that one was then. But sockets of the kernel's own
   *   (tunnels) are met by no scan either, and who sends through them is whoever was running. They
   *   live long: so a flow whose socket was not met waits for the next scan, and is told if it has
   *   been quiet since then, else taken for one of the kernel's, and counted as lost once, unless it
   *   is in a namespace that is not looked into. Where one is that only received is not known, so
   *   only a source that looks everywhere counts it.
   */
  private static final long SILENCE_NANOS = 60_000_000_000L;
  private static final int LIMIT = 65_536;

  /// Where the packets since the last scan come from.
  interface Packets {
    void drain(MapReader.Visitor visitor) throws KernelException;
  }

  private record Key(
      long cookie, IpAddress local, int localPort, IpAddress remote, int remotePort) {}

  private static final class Flow {
    private final Socket.Direction direction;
    private final long id;
    private long sent;
    private long received;
    private Optional<ProcessIdentity> sender = Optional.empty();
    private long senderNamespace;
    private long trafficNanos;
    private boolean isBusy;
    private boolean isMet;
    private boolean isPartOfSocket;
    private boolean isOfKernel;
    private int unmetScans;
    private @Nullable Socket told;

    private Flow(Socket.Direction direction, long id) {
      this.direction = direction;
      this.id = id;
    }
  }

  private final Decoder decoder;
  private final OpenNamespaces open;
  private final Map<Key, Flow> flows = new HashMap<>();
  private final LongMap<Integer> records = new LongMap<>();

  UdpFlows(Decoder decoder, OpenNamespaces open) {
    this.decoder = decoder;
    this.open = open;
  }

  /// Begins a scan with the packets since the last one.
  void read(Packets packets, long nowNanos, ConnectionListener listener) throws KernelException {
    records.clear();
    flows
        .values()
        .forEach(flow -> {
          flow.isBusy = false;
          flow.isPartOfSocket = false;
        });
    long[] tooMany = new long[1];
    packets.drain((keys, key, values, value) -> {
      Flow flow = flowOf(keys, key, values, value);
      if (flow == null) {
        tooMany[0]++;
      } else {
        add(flow, values, value, nowNanos);
      }
    });
    if (tooMany[0] > 0) {
      listener.lost("udp_flows", tooMany[0]);
    }
  }

  /// A scan has met a socket.
  ///
  /// @param at of its record
  void met(ByteBuffer bytes, int at) {
    records.put(bytes.getLong(at + SocketLayout.COOKIE), at);
  }

  /// The same socket with the figures of its flow, when it has a peer and packets were seen.
  Socket withFigures(Socket socket) {
    Flow flow =
        flows.get(
            new Key(
                socket.cookie(),
                socket.localAddress(),
                socket.localPort(),
                socket.remoteAddress(),
                socket.remotePort()));
    if (flow == null) {
      return socket;
    }
    flow.isPartOfSocket = true;
    if (flow.sent == socket.bytesSent() && flow.received == socket.bytesReceived()) {
      return socket;
    }
    return udp(
        socket.localAddress(),
        socket.localPort(),
        socket.remoteAddress(),
        socket.remotePort(),
        socket.cookie(),
        socket.inode(),
        socket.uid(),
        flow,
        socket.process());
  }

  /// Ends a scan: tells all flows that are not those of a socket with a peer.
  ///
  /// @param bytes the records of the sockets that were [#met]
  void tell(ByteBuffer bytes, long nowNanos, LongPredicate wanted, ConnectionListener listener) {
    Iterator<Map.Entry<Key, Flow>> each = flows.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Key, Flow> entry = each.next();
      Flow flow = entry.getValue();
      Integer record = records.get(entry.getKey().cookie());
      if (isOver(flow, record != null, nowNanos)) {
        each.remove();
      } else if (record != null) {
        flow.isMet = true;
        if (!flow.isPartOfSocket) {
          tellMet(entry.getKey(), flow, bytes, record, wanted, listener);
        }
      } else if (!flow.isMet && ++flow.unmetScans > 1 && !flow.isOfKernel) {
        tellUnmet(entry.getKey(), flow, wanted, listener);
      }
    }
  }

  /// The socket of one that was met is closed when it is met no more; one that was not met is told
  /// once, after it fell silent.
  private static boolean isOver(Flow flow, boolean metNow, long nowNanos) {
    boolean closed = !metNow && !flow.isBusy && (flow.isMet || flow.told != null);
    return closed || nowNanos - flow.trafficNanos >= SILENCE_NANOS;
  }

  private void tellMet(
      Key key,
      Flow flow,
      ByteBuffer bytes,
      int at,
      LongPredicate wanted,
      ConnectionListener listener) {
    Optional<ProcessIdentity> process =
        decoder.process(bytes, at + SocketLayout.PROCESS, at + SocketLayout.PROCESS_START);
    Socket told = flow.told;
    if (told == null
        || told.bytesSent() != flow.sent
        || told.bytesReceived() != flow.received
        || !told.process().equals(process)) {
      told =
          udp(
              key.local(),
              key.localPort(),
              key.remote(),
              key.remotePort(),
              flow.id,
              bytes.getLong(at + SocketLayout.INODE),
              bytes.getInt(at + SocketLayout.USER),
              flow,
              process);
    }
    tell(flow, told, Decoder.unsigned(bytes, at + SocketLayout.NAMESPACE), wanted, listener);
  }

  private void tellUnmet(Key key, Flow flow, LongPredicate wanted, ConnectionListener listener) {
    if (flow.isBusy || flow.senderNamespace == 0) {
      flow.isOfKernel = true;
      if (wanted.test(flow.senderNamespace)) {
        listener.lost("udp_without_process", 1);
      }
      return;
    }
    Socket socket =
        udp(
            key.local(),
            key.localPort(),
            key.remote(),
            key.remotePort(),
            flow.id,
            0,
            0,
            flow,
            flow.sender);
    tell(flow, socket, flow.senderNamespace, wanted, listener);
  }

  private void tell(
      Flow flow, Socket socket, long namespace, LongPredicate wanted, ConnectionListener listener) {
    flow.told = socket;
    if (wanted.test(namespace)) {
      listener.namespace(decoder.namespace(namespace));
      if (open.in(namespace).meet(socket.cookie(), socket)) {
        listener.open(socket);
      }
    }
  }

  private @Nullable Flow flowOf(ByteBuffer keys, int at, ByteBuffer values, int value) {
    Key key =
        new Key(
            keys.getLong(at + FlowLayout.KEY_COOKIE),
            decoder.address(keys, at + FlowLayout.KEY_LOCAL),
            Decoder.port(keys, at + FlowLayout.KEY_LOCAL_PORT),
            decoder.address(keys, at + FlowLayout.KEY_REMOTE),
            Decoder.port(keys, at + FlowLayout.KEY_REMOTE_PORT));
    Flow flow = flows.get(key);
    if (flow == null && flows.size() < LIMIT) {
      byte role = (byte) values.getLong(value + FlowLayout.FIRST);
      flow = new Flow(Decoder.direction(role), open.nextCookie());
      flows.put(key, flow);
    }
    return flow;
  }

  private void add(Flow flow, ByteBuffer values, int value, long nowNanos) {
    flow.sent += values.getLong(value + FlowLayout.SENT);
    flow.received += values.getLong(value + FlowLayout.RECEIVED);
    flow.trafficNanos = nowNanos;
    flow.isBusy = true;
    Optional<ProcessIdentity> sender =
        decoder.process(values, value + FlowLayout.PROCESS, value + FlowLayout.PROCESS_START);
    if (sender.isPresent()) {
      flow.sender = sender;
      flow.senderNamespace = values.getLong(value + FlowLayout.NAMESPACE);
    }
  }

  private static Socket udp(
      IpAddress local,
      int localPort,
      IpAddress remote,
      int remotePort,
      long cookie,
      long inode,
      int uid,
      Flow flow,
      Optional<ProcessIdentity> process) {
    return new Socket(
        Transport.UDP,
        local,
        localPort,
        remote,
        remotePort,
        cookie,
        inode,
        uid,
        TcpState.ESTABLISHED,
        flow.direction,
        flow.sent,
        flow.received,
        -1,
        -1,
        process);
  }
}
