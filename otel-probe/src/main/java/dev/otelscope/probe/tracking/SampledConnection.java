package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;

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

  public SampledConnection {
    requireNonNull(transport, "transport");
    requireNonNull(client, "client");
    requireNonNull(server, "server");
  }
}
