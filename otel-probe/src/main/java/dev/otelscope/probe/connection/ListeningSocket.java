package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.process.ProcessIdentity;
import java.util.Optional;

/// A socket that waits for connections, or a bound UDP socket without a peer.
///
/// @param address the unspecified address when bound to all; `::` may stand for both families
/// @param inode of the socket's file, 0 when no process has it open
/// @param bothFamilies whether one bound to `::` takes IPv4, too (no `IPV6_V6ONLY`)
/// @param process as in [Socket]
public record ListeningSocket(
    Transport transport,
    IpAddress address,
    int port,
    long inode,
    boolean bothFamilies,
    Optional<ProcessIdentity> process) {

  public ListeningSocket {
    requireNonNull(transport, "transport");
    requireNonNull(address, "address");
    requireNonNull(process, "process");
  }

  /// A listener as a source tells it that does not know processes.
  public ListeningSocket(
      Transport transport, IpAddress address, int port, long inode, boolean bothFamilies) {
    this(transport, address, port, inode, bothFamilies, Optional.empty());
  }
}
