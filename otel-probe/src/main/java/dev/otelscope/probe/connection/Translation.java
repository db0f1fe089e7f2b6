package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

/// What becomes of a connection's addresses between its two ends.
///
/// @param otherEnd the addresses and ports of the socket at the other end, seen from there
/// @param direction which end the socket is that was asked about: whoever sent the first packet is
///   the client
public record Translation(SocketTuple otherEnd, Socket.Direction direction) {
  public Translation {
    requireNonNull(otherEnd, "otherEnd");
    requireNonNull(direction, "direction");
  }
}
