package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.process.ProcessIdentity;
import java.util.Optional;

/// A socket that is gone, with its last figures.
///
/// @param localAddress unspecified when the kernel no longer knew it (a refused or aborted
///   connection that no scan had met)
/// @param localPort 0 when the kernel no longer knew it
/// @param remotePort 0 when the kernel no longer knew it, as above
/// @param cookie as in [Socket]
/// @param established whether it ever was; false counts as failed
/// @param bytesSent as in [Socket]
/// @param bytesReceived as in [Socket], at most one too many: the kernel counts the peer's FIN
/// @param retransmits as in [Socket]
/// @param direction who connected, where the source says so
/// @param process who had it open; empty when only scans know
/// @param ending why it is gone
/// @param durationNanos since it was established, -1 when not known
public record ClosedSocket(
    Transport transport,
    IpAddress localAddress,
    int localPort,
    IpAddress remoteAddress,
    int remotePort,
    long cookie,
    boolean established,
    long bytesSent,
    long bytesReceived,
    long retransmits,
    Socket.Direction direction,
    Optional<ProcessIdentity> process,
    Ending ending,
    long durationNanos) {

  public ClosedSocket {
    requireNonNull(transport, "transport");
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
    requireNonNull(direction, "direction");
    requireNonNull(process, "process");
    requireNonNull(ending, "ending");
  }

  /// The end of a socket as a source tells it that knows no more than that.
  public ClosedSocket(
      Transport transport,
      IpAddress localAddress,
      int localPort,
      IpAddress remoteAddress,
      int remotePort,
      long cookie,
      boolean established,
      long bytesSent,
      long bytesReceived,
      long retransmits) {
    this(
        transport,
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
        cookie,
        established,
        bytesSent,
        bytesReceived,
        retransmits,
        Socket.Direction.UNKNOWN,
        Optional.empty(),
        Ending.UNKNOWN,
        -1);
  }

  /// The end of a socket of which nothing newer is known.
  static ClosedSocket of(Socket known) {
    return new ClosedSocket(
        known.transport(),
        known.localAddress(),
        known.localPort(),
        known.remoteAddress(),
        known.remotePort(),
        known.cookie(),
        known.state().wasEstablished(),
        known.bytesSent(),
        known.bytesReceived(),
        known.retransmits(),
        known.direction(),
        known.process(),
        Ending.UNKNOWN,
        -1);
  }

  /// The end of a socket that was known before: addresses from then, since the kernel may have
  /// cleared them; of each figure the higher, since an abort sets them to zero.
  static ClosedSocket of(Socket known, ClosedSocket last) {
    return new ClosedSocket(
        known.transport(),
        known.localAddress(),
        known.localPort(),
        known.remoteAddress(),
        known.remotePort(),
        known.cookie(),
        known.state().wasEstablished() || last.established,
        Math.max(known.bytesSent(), last.bytesSent),
        Math.max(known.bytesReceived(), last.bytesReceived),
        Math.max(known.retransmits(), last.retransmits),
        known.direction() == Socket.Direction.UNKNOWN ? last.direction : known.direction(),
        known.process().or(last::process),
        last.ending,
        last.durationNanos);
  }

  /// Its addresses and ports.
  public SocketTuple tuple() {
    return new SocketTuple(transport, localAddress, localPort, remoteAddress, remotePort);
  }
}
