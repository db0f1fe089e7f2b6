package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// That one entity talks to another.
///
/// @param protocol application protocol (`network.protocol.name`), empty when not known
/// @param active connections that are open now
/// @param totals since the edge was first seen
/// @param rates per second, over the last 15 s of point time
/// @param failures totals of failed connections by `error.type`
/// @param rttSeconds smoothed round trip, mean of the open connections; NaN when not known
/// @param sources who says so, such as `probe`; in no order
/// @param virtualAddresses what the client connected to instead of the server itself: some of them,
///   if there are very many
/// @param firstSeen when it entered the graph
/// @param stale whether its only source has fallen silent
public record Edge(
    EdgeKey key,
    String protocol,
    long active,
    Traffic totals,
    Traffic rates,
    Map<String, Double> failures,
    double rttSeconds,
    Pairing pairing,
    Set<String> sources,
    Set<VirtualAddress> virtualAddresses,
    Instant firstSeen,
    boolean stale) {

  public Edge {
    requireNonNull(key, "key");
    requireNonNull(protocol, "protocol");
    requireNonNull(totals, "totals");
    requireNonNull(rates, "rates");
    requireNonNull(pairing, "pairing");
    requireNonNull(firstSeen, "firstSeen");
    failures = Map.copyOf(failures);
    sources = Set.copyOf(sources);
    virtualAddresses = Set.copyOf(virtualAddresses);
  }
}
