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
/// @param sampling which of the connections the observer has named
/// @param sampledAll whether these are all that it ever counted
/// @param division to whom earlier joins have given what of it
public record SideFacts(
    Side side,
    boolean current,
    boolean stale,
    long active,
    Traffic totals,
    Traffic rates,
    Map<String, Double> failures,
    double rttSeconds,
    Set<Figure> known,
    Sampling sampling,
    boolean sampledAll,
    Division division) {

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
        known,
        sampling,
        sampledAll,
        division);
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
        together,
        sampling,
        sampledAll,
        division);
  }

  /// What one of several servers has of these.
  ///
  /// @param share of what happens now; with none, nothing does
  SideFacts part(double share, long itsActive, Traffic itsTotals, Map<String, Double> itsFailures) {
    return new SideFacts(
        side,
        current && share > 0,
        stale,
        itsActive,
        itsTotals,
        times(rates, share),
        itsFailures,
        rttSeconds,
        known,
        sampling,
        sampledAll,
        division);
  }

  private static Traffic times(Traffic traffic, double factor) {
    return new Traffic(
        traffic.opened() * factor,
        traffic.failed() * factor,
        traffic.reset() * factor,
        traffic.bytesSent() * factor,
        traffic.bytesReceived() * factor,
        traffic.retransmits() * factor);
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
