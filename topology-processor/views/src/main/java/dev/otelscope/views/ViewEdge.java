package dev.otelscope.views;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.Pairing;
import dev.otelscope.model.Traffic;
import java.util.List;

/// All connections from one node of a view to another, over every port.
///
/// @param ports the server's, ascending
/// @param transport `tcp`, `udp` or `mixed`
/// @param protocol of the application, empty when not known or when there are several
/// @param active connections open now
/// @param rates per second
/// @param totals since the edge was first seen
/// @param rttSeconds mean, weighted by open connections; NaN when not known
/// @param pairing as sure as the least sure part
/// @param sources who says so, sorted
/// @param stale whether every part of it is
public record ViewEdge(
    EdgeId id,
    List<Integer> ports,
    String transport,
    String protocol,
    long active,
    Traffic rates,
    Traffic totals,
    double rttSeconds,
    Pairing pairing,
    List<String> sources,
    boolean stale) {

  public ViewEdge {
    requireNonNull(id, "id");
    requireNonNull(transport, "transport");
    requireNonNull(protocol, "protocol");
    requireNonNull(rates, "rates");
    requireNonNull(totals, "totals");
    requireNonNull(pairing, "pairing");
    ports = List.copyOf(ports);
    sources = List.copyOf(sources);
  }
}
