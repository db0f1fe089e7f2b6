package dev.otelscope.engine.join;

import dev.otelscope.engine.observation.Figure;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.Traffic;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What one observer has to say about a flow at one moment. Directions are the client's, whichever
/// end the observer is.
///
/// @param current whether there is a connection, or was activity within the edge's window
/// @param stale whether the producer has fallen silent
/// @param active connections now
/// @param failures totals by cause
/// @param rttSeconds NaN when not known
/// @param known which figures the observer has said anything about
public record SideFacts(
    Side side,
    boolean current,
    boolean stale,
    long active,
    Traffic totals,
    Traffic rates,
    Map<String, Double> failures,
    double rttSeconds,
    Set<Figure> known) {

  public SideFacts {
    failures = Map.copyOf(failures);
    known = Set.copyOf(known);
  }

  /// The same facts when the observer turns out to be the other end.
  public SideFacts mirrored() {
    return new SideFacts(
        side,
        current,
        stale,
        active,
        mirrored(totals),
        mirrored(rates),
        failures,
        rttSeconds,
        known);
  }

  /// These facts, with the bytes (and what goes with them) and the round trip of the observer at
  /// the other end of the same connections where this one knows none. How many connections there
  /// were is never taken over: a counter that was not reported has not counted.
  SideFacts completedBy(SideFacts other) {
    boolean bytes = !knowsBytes() && other.knowsBytes();
    boolean roundTrip =
        !known.contains(Figure.ROUND_TRIP) && other.known.contains(Figure.ROUND_TRIP);
    if (!bytes && !roundTrip) {
      return this;
    }
    Set<Figure> together = new HashSet<>(known);
    together.addAll(other.known);
    return new SideFacts(
        side,
        current,
        stale,
        active,
        bytes ? withBytes(totals, other.totals) : totals,
        bytes ? withBytes(rates, other.rates) : rates,
        failures,
        roundTrip ? other.rttSeconds : rttSeconds,
        together);
  }

  private boolean knowsBytes() {
    return known.contains(Figure.TRANSMITTED) || known.contains(Figure.RECEIVED);
  }

  private static Traffic withBytes(Traffic connections, Traffic bytes) {
    return new Traffic(
        connections.opened(),
        connections.failed(),
        connections.reset(),
        bytes.bytesSent(),
        bytes.bytesReceived(),
        bytes.retransmits());
  }

  private static Traffic mirrored(Traffic traffic) {
    return new Traffic(
        traffic.opened(),
        traffic.failed(),
        traffic.reset(),
        /* bytesSent= */ traffic.bytesReceived(),
        /* bytesReceived= */ traffic.bytesSent(),
        traffic.retransmits());
  }
}
