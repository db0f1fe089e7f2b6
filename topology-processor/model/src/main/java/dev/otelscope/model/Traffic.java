package dev.otelscope.model;

/// Amounts of what went over an edge: as totals since the edge was first seen, or as rates per
/// second. Directions are seen from the client.
///
/// @param opened connections established
/// @param failed connections never established
/// @param reset connections established and then cut
/// @param bytesSent payload, client to server
/// @param bytesReceived payload, server to client
/// @param retransmits segments
public record Traffic(
    double opened,
    double failed,
    double reset,
    double bytesSent,
    double bytesReceived,
    double retransmits) {

  public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0);

  public Traffic plus(Traffic other) {
    return new Traffic(
        opened + other.opened,
        failed + other.failed,
        reset + other.reset,
        bytesSent + other.bytesSent,
        bytesReceived + other.bytesReceived,
        retransmits + other.retransmits);
  }
}
