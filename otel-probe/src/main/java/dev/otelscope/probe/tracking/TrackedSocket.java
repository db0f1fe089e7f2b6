package dev.otelscope.probe.tracking;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.Ending;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.connection.Translation;
import org.jspecify.annotations.Nullable;

/// One socket with a peer, from its first sight until it is forgotten. Owned by the tracker.
final class TrackedSocket {
  /*
   * Figures
   *   sent, received and retransmits are what the kernel said last. The `counted` ones are how much
   *   of them has gone into a series (or happened before the probe came). The difference is counted
   *   by `account`, into whatever series the socket belongs to then: nothing is counted twice when
   *   it moves, or when a scan and a close event both tell of it.
   *
   * Life
   *   seen() ... seen() -> closed() -> forgotten some scans later. Between them it is as it was told:
   *   a source tells it again only when something has changed.
   */
  private static final long UDP_SILENCE_NANOS = 60_000_000_000L;

  final String namespace;
  final SocketTuple tuple;
  long cookie;
  @Nullable LocalEntity owner;

  Role role = Role.UNKNOWN;
  @Nullable TrackedSocket peer;

  /// What is translated between here and its other end, as soon as that is known.
  @Nullable Translation translation;

  /// What its series was asked for by; limits may have given it another one.
  @Nullable SeriesKey key;

  /// Scan in which it was first known that there is something to count, 0 before.
  long countableScan;

  /// Scan in which it ended.
  long endScan;

  /// Whether the next scan looks at it even if nothing is told of it.
  boolean isAwake;

  /// Another one with the same tuple; for [TupleIndex].
  @Nullable TrackedSocket sameTuple;

  private final boolean preexisting;
  private long inode;
  private Socket.Direction direction = Socket.Direction.UNKNOWN;
  private boolean established;
  private boolean open;
  private boolean fullyOpen;
  private boolean ended;
  private @Nullable Series series;
  private boolean openedCounted;
  private boolean failedCounted;
  private boolean endCounted;
  private Ending ending = Ending.UNKNOWN;
  private long durationNanos = -1;
  private boolean activeCounted;
  private long sent = -1;
  private long received = -1;
  private long retransmits = -1;
  private long rttMicros = -1;
  private long sentCounted;
  private long receivedCounted;
  private long retransmitsCounted;
  private long rttCounted = -1;
  private long trafficNanos;
  private boolean sampled;
  private long sampleHash;

  /// @param cookie as in [Socket]
  /// @param preexisting whether it may have been open before the probe came; takes effect if it is
  ///   established at first sight
  TrackedSocket(
      String namespace,
      SocketTuple tuple,
      long cookie,
      boolean preexisting,
      @Nullable Socket first) {
    this.namespace = namespace;
    this.tuple = tuple;
    this.cookie = cookie;
    this.preexisting = preexisting && first != null && isEstablished(first.state());
    if (this.preexisting && first != null) {
      openedCounted = true;
      sentCounted = Math.max(0, first.bytesSent());
      receivedCounted = Math.max(0, first.bytesReceived());
      retransmitsCounted = Math.max(0, first.retransmits());
    }
  }

  /// A scan met it.
  void seen(Socket socket, long nowNanos) {
    if (ended) {
      return;
    }
    if (socket.inode() != 0) {
      inode = socket.inode();
    }
    established |= isEstablished(socket.state());
    direction = directionOf(socket);
    if (socket.bytesSent() > sent || socket.bytesReceived() > received || trafficNanos == 0) {
      trafficNanos = nowNanos;
    }
    sent = Math.max(sent, socket.bytesSent());
    received = Math.max(received, socket.bytesReceived());
    retransmits = Math.max(retransmits, socket.retransmits());
    rttMicros = socket.rttMicros();
    open = socket.state().isOpen();
    fullyOpen = socket.state() == TcpState.ESTABLISHED && tuple.transport() == Transport.TCP;
  }

  /// A close event told of it.
  void closed(ClosedSocket socket, long scan) {
    if (ended) {
      return;
    }
    ended = true;
    endScan = scan;
    established |= socket.established();
    if (socket.direction() != Socket.Direction.UNKNOWN) {
      direction = socket.direction();
    }
    ending = socket.ending();
    durationNanos = socket.durationNanos();
    sent = Math.max(sent, socket.bytesSent());
    received = Math.max(received, socket.bytesReceived());
    retransmits = Math.max(retransmits, socket.retransmits());
    open = false;
    fullyOpen = false;
    rttMicros = -1;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isEstablished() {
    return established;
  }

  /// Whether neither end has closed it.
  boolean isFullyOpen() {
    return fullyOpen;
  }

  /// Whether there is something to count: it was established, or it is known never to have been.
  boolean isCountable() {
    return established || ended;
  }

  /// Whether what is to be counted of it depends on the time that passes.
  boolean mayFallSilent() {
    return tuple.transport() == Transport.UDP && activeCounted;
  }

  boolean isInSeries() {
    return series != null;
  }

  long inode() {
    return inode;
  }

  Socket.Direction direction() {
    return direction;
  }

  /// What the socket at the other end has.
  SocketTuple otherEnd() {
    return translation == null ? tuple.reversed() : translation.otherEnd();
  }

  /// What the socket at the server's end has, as far as roles are known.
  SocketTuple atServer() {
    return role == Role.SERVER ? tuple : otherEnd();
  }

  /// Joins both ends of one connection.
  void pairWith(TrackedSocket other) {
    peer = other;
    other.peer = this;
    shareBaseline(other);
    other.shareBaseline(this);
  }

  private void shareBaseline(TrackedSocket other) {
    if (preexisting && series == null && other.sent >= 0) {
      receivedCounted = other.preexisting ? other.sentCounted : 0;
    }
  }

  /// Makes it a member of `next`; what was counted stays where it was counted.
  void moveTo(Series next, long nowNanos) {
    leave(nowNanos);
    series = next;
    sampled = false;
    next.join(established);
  }

  /// Lets its series choose it as a sample, by the hash of what the server's end has.
  void sampleBy(long hash) {
    sampled = true;
    sampleHash = hash;
  }

  /// Offers itself again to a series that has lost a sample.
  void offerAgain() {
    Series of = series;
    if (of != null && activeCounted && of.isIncompletelySampled()) {
      offerActive(of);
    }
  }

  /// Counts into its series what has not been counted yet.
  void account(long nowNanos) {
    Series into = series;
    if (into == null) {
      return;
    }
    if (established && !openedCounted) {
      openedCounted = true;
      into.addOpened();
      if (sampled && into.wantsOpenedSample(sampleHash)) {
        into.addOpenedSample(sample());
      }
    }
    if (ended && !established && !failedCounted) {
      failedCounted = true;
      into.addFailed(ending, nowNanos);
    }
    if (ended && established && !endCounted) {
      endCounted = true;
      into.addEnd(ending, preexisting ? -1 : durationNanos);
    }
    setActive(into, open && established && !isSilent(nowNanos));
    setRtt(into, open ? rttMicros : -1);
    accountTraffic(into);
  }

  private void accountTraffic(Series into) {
    if (!established) {
      return;
    }
    if (sent >= 0) {
      into.addTransmitted(Math.max(0, sent - sentCounted));
      sentCounted = Math.max(sentCounted, sent);
    }
    long receivedNow = receivedFigure();
    if (receivedNow >= 0) {
      into.addReceived(Math.max(0, receivedNow - receivedCounted));
      receivedCounted = Math.max(receivedCounted, receivedNow);
    }
    if (retransmits >= 0) {
      into.addRetransmits(Math.max(0, retransmits - retransmitsCounted));
      retransmitsCounted = Math.max(retransmitsCounted, retransmits);
    }
  }

  /// What the other end has sent, where that is known: the kernel's own count of received bytes may
  /// hold the FIN, too.
  private long receivedFigure() {
    TrackedSocket other = peer;
    return other == null || other.sent < 0 ? received : other.sent;
  }

  /// Takes it out of its series.
  void leave(long nowNanos) {
    Series from = series;
    if (from != null) {
      setActive(from, false);
      setRtt(from, -1);
      from.leave(nowNanos);
      series = null;
    }
  }

  private void setActive(Series into, boolean active) {
    if (active != activeCounted) {
      activeCounted = active;
      into.addActive(active ? 1 : -1);
      if (active) {
        offerActive(into);
      } else if (sampled) {
        into.removeActiveSample(sampleHash);
      }
    }
  }

  private void offerActive(Series to) {
    if (sampled && to.wantsActiveSample(sampleHash)) {
      to.addActiveSample(sample());
    }
  }

  private SampledConnection sample() {
    return SampledConnection.of(sampleHash, atServer());
  }

  private void setRtt(Series into, long micros) {
    if (micros != rttCounted) {
      int connections = (micros >= 0 ? 1 : 0) - (rttCounted >= 0 ? 1 : 0);
      into.addRtt(Math.max(0, micros) - Math.max(0, rttCounted), connections);
      rttCounted = micros;
    }
  }

  private boolean isSilent(long nowNanos) {
    return tuple.transport() == Transport.UDP
        && sent >= 0
        && nowNanos - trafficNanos >= UDP_SILENCE_NANOS;
  }

  private static Socket.Direction directionOf(Socket socket) {
    return switch (socket.state()) {
      case SYN_SENT -> Socket.Direction.OUTBOUND;
      case SYN_RECV, NEW_SYN_RECV -> Socket.Direction.INBOUND;
      default -> socket.direction();
    };
  }

  private static boolean isEstablished(TcpState state) {
    return switch (state) {
      case SYN_SENT, SYN_RECV, NEW_SYN_RECV, LISTEN, CLOSE -> false;
      case ESTABLISHED, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING -> true;
    };
  }
}
