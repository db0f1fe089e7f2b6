package dev.otelscope.engine.observation;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.AddressScope;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;

/// What both ends' observers of a connection agree on: the addresses as the packets carry them when
/// they arrive, after all translation.
///
/// @param scope how far the addresses mean anything
/// @param port the server's, 0 when it is not known
public record FlowKey(
    AddressScope scope, Transport transport, IpAddress client, IpAddress server, int port) {

  public FlowKey {
    requireNonNull(scope, "scope");
    requireNonNull(transport, "transport");
    requireNonNull(client, "client");
    requireNonNull(server, "server");
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /// What both directions between the same two addresses have in common.
  public Pair pair() {
    boolean ordered = client.compareTo(server) <= 0;
    return new Pair(scope, transport, ordered ? client : server, ordered ? server : client);
  }

  /// Two addresses between which connections run, whoever the client is. All flows of a pair live
  /// in one shard: an observer that does not know its role may turn out to be either end.
  public record Pair(AddressScope scope, Transport transport, IpAddress low, IpAddress high) {

    /// A number that spreads pairs evenly over shards; never negative.
    public int spread() {
      int mixed = (low.hashCode() * 31 + high.hashCode()) * 31 + scope.hashCode();
      mixed = (mixed ^ mixed >>> 16) * 0x7FEB_352D;
      return (mixed ^ mixed >>> 15) & Integer.MAX_VALUE;
    }
  }
}
