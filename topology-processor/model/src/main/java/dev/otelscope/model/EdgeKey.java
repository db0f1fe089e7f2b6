package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// What makes an edge one edge.
///
/// @param client who connected
/// @param server who accepted
/// @param port the server's; 0 when it is not known
public record EdgeKey(EntityId client, EntityId server, Transport transport, int port)
    implements Comparable<EdgeKey> {

  public EdgeKey {
    requireNonNull(client, "client");
    requireNonNull(server, "server");
    requireNonNull(transport, "transport");
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof EdgeKey key
            && port == key.port
            && transport == key.transport
            && client.equals(key.client)
            && server.equals(key.server));
  }

  @Override
  public int hashCode() {
    return ((client.hashCode() * 31 + server.hashCode()) * 31 + port) * 31 + transport.hashCode();
  }

  @Override
  public int compareTo(EdgeKey other) {
    int order = client.compareTo(other.client);
    order = order != 0 ? order : server.compareTo(other.server);
    order = order != 0 ? order : Integer.compare(port, other.port);
    return order != 0 ? order : transport.compareTo(other.transport);
  }
}
