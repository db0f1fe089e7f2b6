package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;

/// A socket that is gone, with its last figures. Which process had it is known only from scans.
///
/// @param cookie as in [Socket]
/// @param localPort 0 when the kernel no longer knew it (a refused connect)
/// @param established whether it ever was; false counts as failed
/// @param bytesSent as in [Socket]
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
    long retransmits) {

  public ClosedSocket {
    requireNonNull(transport, "transport");
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
  }
}
