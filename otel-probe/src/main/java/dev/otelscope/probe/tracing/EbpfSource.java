package dev.otelscope.probe.tracing;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.OpenSockets;
import dev.otelscope.probe.connection.ServerAddress;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import dev.otelscope.probe.kernel.bpf.IteratorOutput;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Connections as programs inside of the kernel see them, of all network namespaces at once, also
/// of those that no process is in. Asked by one thread.
final class EbpfSource implements ConnectionSource {
  /*
   * A scan, in order
   *   1. The iterator tells every open socket of every process, once, and marks it as told; a TCP
   *      connection only when it is new or something about it has changed, and only some of the youngest.
   *   2. The ring buffer tells the ends of those that were ever marked, as they came. So a socket that
   *      ends meanwhile is told both, never neither. So are ends that waited for the other one in vain.
   *   3. A marked TCP socket that was not told and whose end was not told is as it was: nothing has
   *      happened to it, or its process has closed it or is handing it to another one. That is not
   *      certain while another source's sockets are taken over, and when the ring buffer was too full
   *      for some ends. Then the iterator tells everything, and what is missed ends as in the other
   *      tiers.
   *   4. All connections that were never marked were added up, and are told together. Those of some
   *      servers are not added up: the ring buffer tells each of them.
   *   Packets of UDP were added up by flow; the sockets that the iterator meets say whose they are.
   *
   * Resting
   *   What a walk costs grows with the open connections, a microsecond for each, whether or not they
   *   are used. So where there are many, some scans leave it out: they tell what has ended, and say
   *   again who listens. Everything else waits for the next walk.
   */
  static final int CONNECTIONS_A_SCAN = 16_384;

  private static final int MOST_RESTS = 9;
  static final int SCANS_TO_FIND_THE_LOST = 4;
  private static final String[] LOST = {
    "connection_ends", "socket_storage", "connection_pairs", "connection_series", "udp_flows"
  };

  private final NamespaceSelection selection;
  private final NetworkNamespaces namespaces;
  private final OpenNamespaces open;
  private final Programs programs;
  private final IteratorOutput output = new IteratorOutput();
  private final YoungestHolders holders = new YoungestHolders();
  private final Decoder decoder = new Decoder();
  private final SocketReader sockets = new SocketReader(decoder);
  private final EndReader ends = new EndReader(decoder);
  private final PastReader past;
  private final UdpFlows flows;
  private final WaitingEnds waiting;
  private final LongSupplier clock;
  private final int connectionsAScan;
  private final long[] lostBefore = new long[TracingMaps.LOST_COUNT];
  private final Set<ServerAddress> singles = new HashSet<>();
  private final List<Listening> listening = new ArrayList<>(); // as the last walk told them

  /// Those that were wanted at the last scan.
  private Set<Long> before = Set.of();

  /// What ended before this source came, nobody tells it.
  private int uncertainScans = SCANS_TO_FIND_THE_LOST;

  /// How many scans are yet to leave the walk out.
  private int rests;

  private record Listening(long namespace, ListeningSocket socket) {}

  /// @param clock nanoseconds, never goes back
  /// @param connectionsAScan for how many more that are open another scan leaves out the walk
  EbpfSource(
      NamespaceSelection selection,
      NetworkNamespaces namespaces,
      OpenNamespaces open,
      Programs programs,
      LongSupplier clock,
      int connectionsAScan) {
    this.selection = selection;
    this.namespaces = namespaces;
    this.open = open;
    this.programs = programs;
    this.clock = clock;
    this.connectionsAScan = connectionsAScan;
    past = new PastReader(decoder, programs.maps);
    flows = new UdpFlows(decoder, open);
    waiting = new WaitingEnds(programs.maps.pairs);
    open.rekey(Socket::cookie);
  }

  @Override
  public Tier tier() {
    return Tier.EBPF;
  }

  @Override
  public void scan(ConnectionListener listener) throws IOException {
    programs.check();
    LongPredicate wanted = wanted(listener);
    long now = clock.getAsLong();
    boolean everything = uncertainScans > 0;
    boolean walks = everything || rests == 0;
    if (walks) {
      walk(everything, now, wanted, listener);
    } else {
      rests--;
      tellListening(wanted, listener);
    }
    programs.ends.drain((bytes, at, length) -> tellEnd(bytes, at, wanted, listener));
    waiting.tell(now, (bytes, at) -> tellEnd(bytes, at, wanted, listener));
    tellLost(listener);
    if (walks) {
      open.end(!everything, socket -> socket.transport() == Transport.TCP, listener);
      rests = Math.min(open.size() / connectionsAScan, MOST_RESTS);
    }
    past.tell(wanted, listener);
  }

  private void walk(boolean everything, long now, LongPredicate wanted, ConnectionListener listener)
      throws IOException {
    open.begin();
    flows.read(programs.maps.flows::drain, now, listener);
    programs.walk(everything, output);
    tellSockets(wanted, listener);
    flows.tell(output.bytes(), now, wanted, listener);
  }

  private void tellListening(LongPredicate wanted, ConnectionListener listener) {
    for (Listening each : listening) {
      if (wanted.test(each.namespace)) {
        listener.namespace(decoder.namespace(each.namespace));
        listener.listening(each.socket);
      }
    }
  }

  @Override
  public void tellSingly(Set<ServerAddress> servers) throws KernelException {
    if (servers.size() == singles.size()) {
      return; // there are only ever more
    }
    for (ServerAddress server : servers) {
      if (singles.size() < TracingMaps.SINGLES && singles.add(server)) {
        try (Arena arena = Arena.ofConfined()) {
          programs.maps.singles.update(
              SingleLayout.key(arena, server), arena.allocate(SingleLayout.SIZE, Long.BYTES));
        }
      }
    }
  }

  @Override
  public Optional<ProcessTrace> traceOf(ProcessIdentity process) {
    try {
      return ProcessTraces.find(programs.maps.traces, process);
    } catch (KernelException e) {
      return Optional.empty(); // the next scan says what has stopped working
    }
  }

  @Override
  public void close() {
    programs.close();
    namespaces.close();
  }

  /// All, or those that have the wanted names now; what was open in one that lost its name has
  /// ended.
  private LongPredicate wanted(ConnectionListener listener) {
    if (selection.wanted().isEmpty()) {
      return inode -> true;
    }
    Set<Long> present = namespaces.find();
    open.endAllBut(present, listener);
    if (!before.containsAll(present)) {
      uncertainScans =
          Math.max(uncertainScans, 1); // what is open there may have been walked before
    }
    before = present;
    return present::contains;
  }

  private void tellSockets(LongPredicate wanted, ConnectionListener listener) {
    ByteBuffer bytes = output.bytes();
    holders.read(bytes, output.length());
    listening.clear();
    long namespace = 0;
    @Nullable OpenSockets known = null; // of that namespace, unless nobody wants it
    for (int at = 0; at < output.length(); at += SocketLayout.SIZE) {
      long inode = Decoder.unsigned(bytes, at + SocketLayout.NAMESPACE);
      if (inode != namespace) {
        namespace = inode;
        known = wanted.test(inode) ? open.in(inode) : null;
        if (known != null) {
          listener.namespace(decoder.namespace(inode));
        }
      }
      if (known != null && holders.counts(bytes, at)) {
        tellSocket(known, bytes, at, listener);
      }
    }
  }

  private void tellSocket(
      OpenSockets known, ByteBuffer bytes, int at, ConnectionListener listener) {
    boolean udp = SocketReader.transport(bytes, at) == Transport.UDP;
    if (udp) {
      flows.met(bytes, at);
    }
    if (SocketReader.isListening(bytes, at)) {
      if (!SocketReader.isUnbound(bytes, at)) {
        ListeningSocket socket = sockets.toListening(bytes, at);
        listening.add(new Listening(Decoder.unsigned(bytes, at + SocketLayout.NAMESPACE), socket));
        listener.listening(socket);
      }
      return;
    }
    long cookie = bytes.getLong(at + SocketLayout.COOKIE);
    Socket socket = sockets.toSocket(bytes, at, known.known(cookie));
    if (udp) {
      socket = flows.withFigures(socket);
    }
    if (known.meet(cookie, socket)) {
      listener.open(socket);
    }
  }

  private void tellEnd(
      ByteBuffer bytes, int at, LongPredicate wanted, ConnectionListener listener) {
    long inode = Decoder.unsigned(bytes, at + EndLayout.NAMESPACE);
    if (wanted.test(inode)) {
      listener.namespace(decoder.namespace(inode));
      long cookie = bytes.getLong(at + EndLayout.COOKIE);
      open.in(inode).destroyed(cookie, ends.read(bytes, at), listener);
    }
  }

  private void tellLost(ConnectionListener listener) throws KernelException {
    uncertainScans = Math.max(0, uncertainScans - 1);
    for (int i = 0; i < LOST.length; i++) {
      long lost = programs.maps.lost.sumOverProcessors(i);
      if (lost > lostBefore[i]) {
        listener.lost(LOST[i], lost - lostBefore[i]);
        lostBefore[i] = lost;
        if (i == TracingMaps.LOST_RING) {
          uncertainScans = SCANS_TO_FIND_THE_LOST;
        }
      }
    }
  }
}
