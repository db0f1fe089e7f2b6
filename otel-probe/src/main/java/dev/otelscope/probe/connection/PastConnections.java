package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.process.ProcessIdentity;
import java.util.List;
import java.util.Optional;

/// One end of TCP connections that are over, that no scan ever met, and that have everything in
/// common but the ephemeral port: added up where they were seen.
///
/// @param direction who connected
/// @param process whose end it is; empty when nobody accepted them, or that could not be seen
/// @param serverPort the local one if inbound, else the remote one; 0 when there was none
/// @param otherEnd who has the other end, where both are on this machine and belong together
///   exactly
/// @param opened those that were established
/// @param reset those of them that were cut by an RST
/// @param refused never established, as all the following up to `failedOtherwise`
/// @param bytesSent payload, as in [Socket]
/// @param bytesReceived payload, without the FIN; what the other end sent where that is known
/// @param durationNanos of all that were opened together
/// @param durations of those that were opened
/// @param sampledPorts ephemeral ports of some that were opened, chosen so that a source at the
///   other end is likely to choose the same connections; none where `otherEnd` is known
public record PastConnections(
    Socket.Direction direction,
    Optional<ProcessIdentity> process,
    IpAddress localAddress,
    IpAddress remoteAddress,
    int serverPort,
    Optional<OtherEnd> otherEnd,
    long opened,
    long reset,
    long refused,
    long timedOut,
    long unreachable,
    long failedOtherwise,
    long bytesSent,
    long bytesReceived,
    long retransmits,
    long durationNanos,
    DurationCounts durations,
    List<Integer> sampledPorts) {

  /// The other end of connections.
  ///
  /// @param namespace inode number in decimal
  /// @param process empty as above
  public record OtherEnd(String namespace, Optional<ProcessIdentity> process) {
    public OtherEnd {
      requireNonNull(namespace, "namespace");
      requireNonNull(process, "process");
    }
  }

  public PastConnections {
    requireNonNull(direction, "direction");
    requireNonNull(process, "process");
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
    requireNonNull(otherEnd, "otherEnd");
    requireNonNull(durations, "durations");
    sampledPorts = List.copyOf(sampledPorts);
  }

  /// Those that were never established.
  public long failed() {
    return refused + timedOut + unreachable + failedOtherwise;
  }
}
