package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.SocketTuple;
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

  /// Of a connection.
  ///
  /// @param tuple what the owner's socket has
  /// @param otherEnd what the socket at the other end has
  /// @param isPortKnown whether the server's port is to be said
  static SeriesKey of(
      LocalEntity owner,
      Role role,
      SocketTuple tuple,
      SocketTuple otherEnd,
      boolean isPortKnown,
      Optional<LocalEntity> peer,
      Reaches reaches) {
    boolean server = role == Role.SERVER;
    IpAddress client = server ? otherEnd.localAddress() : tuple.localAddress();
    IpAddress serverAddress = server ? tuple.localAddress() : tuple.remoteAddress();
    int port = server ? tuple.localPort() : tuple.remotePort();
    SocketTuple atServer = server ? tuple : otherEnd;
    Route route =
        new Route(atServer.remoteAddress(), atServer.localAddress(), atServer.localPort());
    return new SeriesKey(
        owner,
        role,
        tuple.transport(),
        client,
        serverAddress,
        isPortKnown ? port : NO_PORT,
        reaches.of(route.client(), route.server()),
        peer,
        Optional.of(route).filter(there -> !there.equals(new Route(client, serverAddress, port))),
        Fold.NOTHING);
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
