package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.process.ProcessIdentity;
import java.util.Optional;

/// An open socket that has a peer, as the kernel describes it.
///
/// @param cookie tells this socket from every other of the machine, also of the past: the kernel's
///   number of it, or a negative one of the source's own where the kernel does not say; never 0
/// @param inode of the socket's file, 0 when no process has it open
/// @param state the kernel's TCP state, as [TcpState]; [TcpState#ESTABLISHED] for UDP
/// @param direction who connected, where the kernel says so
/// @param bytesSent payload sent without what was sent again (RFC 4898 `tcpi_bytes_sent -
///   tcpi_bytes_retrans`), -1 when not known
/// @param bytesReceived `tcpi_bytes_received`, -1 when not known
/// @param retransmits segments, -1 when not known
/// @param rttMicros smoothed, -1 when not known
/// @param process who has it open, the youngest of several; empty when this source does not know,
///   so that it must be looked for by `inode`
public record Socket(
    Transport transport,
    IpAddress localAddress,
    int localPort,
    IpAddress remoteAddress,
    int remotePort,
    long cookie,
    long inode,
    int uid,
    TcpState state,
    Direction direction,
    long bytesSent,
    long bytesReceived,
    long retransmits,
    long rttMicros,
    Optional<ProcessIdentity> process) {

  /// Who began a connection, as far as a source can say.
  public enum Direction {
    OUTBOUND,
    INBOUND,
    UNKNOWN
  }

  public Socket {
    requireNonNull(transport, "transport");
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
    requireNonNull(state, "state");
    requireNonNull(direction, "direction");
    requireNonNull(process, "process");
  }

  /// A socket as a source tells it that does not know processes.
  public Socket(
      Transport transport,
      IpAddress localAddress,
      int localPort,
      IpAddress remoteAddress,
      int remotePort,
      long cookie,
      long inode,
      int uid,
      TcpState state,
      Direction direction,
      long bytesSent,
      long bytesReceived,
      long retransmits,
      long rttMicros) {
    this(
        transport,
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
        cookie,
        inode,
        uid,
        state,
        direction,
        bytesSent,
        bytesReceived,
        retransmits,
        rttMicros,
        Optional.empty());
  }

  /// Its addresses and ports.
  public SocketTuple tuple() {
    return new SocketTuple(transport, localAddress, localPort, remoteAddress, remotePort);
  }
}
