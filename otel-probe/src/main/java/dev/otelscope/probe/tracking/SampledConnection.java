package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.SocketTuple;

/// One connection that stands for its series, with everything that its other end knows of it, too:
/// addresses and ports as the server's kernel sees them.
///
/// @param hash as [SampleHash] makes it
public record SampledConnection(
    long hash,
    Transport transport,
    IpAddress client,
    int clientPort,
    IpAddress server,
    int serverPort) {

  /// @param atServer what the server's socket has
  static SampledConnection of(long hash, SocketTuple atServer) {
    return new SampledConnection(
        hash,
        atServer.transport(),
        atServer.remoteAddress(),
        atServer.remotePort(),
        atServer.localAddress(),
        atServer.localPort());
  }

  public SampledConnection {
    requireNonNull(transport, "transport");
    requireNonNull(client, "client");
    requireNonNull(server, "server");
  }
}
