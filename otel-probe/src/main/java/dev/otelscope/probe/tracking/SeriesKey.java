package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import java.util.Optional;

/// What the connections of one series have in common.
///
/// @param owner whose end it is
/// @param serverPort [#NO_PORT] when it is not known, or would be an ephemeral one
/// @param peer who has the other end, where its socket is on this host
/// @param route what the packets have at the server's end, where that is something else
/// @param fold which of the attributes a limit took away; these are unspecified then
public record SeriesKey(
    LocalEntity owner,
    Role role,
    Transport transport,
    IpAddress client,
    IpAddress server,
    int serverPort,
    Reach reach,
    Optional<LocalEntity> peer,
    Optional<Route> route,
    Fold fold) {

  /// Stands for a server port that is left out.
  public static final int NO_PORT = -1;

  /// What a limit took away.
  public enum Fold {
    NOTHING,
    /// The address of the other end.
    REMOTE_ADDRESS,
    /// Both addresses and the port.
    ADDRESSES
  }

  /// Addresses and port as the server's kernel sees them.
  public record Route(IpAddress client, IpAddress server, int serverPort) {
    public Route {
      requireNonNull(client, "client");
      requireNonNull(server, "server");
    }
  }

  public SeriesKey {
    requireNonNull(owner, "owner");
    requireNonNull(role, "role");
    requireNonNull(transport, "transport");
    requireNonNull(client, "client");
    requireNonNull(server, "server");
    requireNonNull(reach, "reach");
    requireNonNull(peer, "peer");
    requireNonNull(route, "route");
    requireNonNull(fold, "fold");
  }

  IpAddress remote() {
    return role == Role.SERVER ? client : server;
  }

  SeriesKey withoutRemote() {
    boolean server = role == Role.SERVER;
    return new SeriesKey(
        owner,
        role,
        transport,
        server ? IpAddress.ANY_V6 : client,
        server ? this.server : IpAddress.ANY_V6,
        serverPort,
        reach,
        Optional.empty(),
        Optional.empty(),
        Fold.REMOTE_ADDRESS);
  }

  SeriesKey withoutAddresses(LocalEntity newOwner) {
    return new SeriesKey(
        newOwner,
        role,
        transport,
        IpAddress.ANY_V6,
        IpAddress.ANY_V6,
        NO_PORT,
        Reach.GLOBAL,
        Optional.empty(),
        Optional.empty(),
        Fold.ADDRESSES);
  }
}
