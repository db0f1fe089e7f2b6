package dev.otelscope.engine.join;

import dev.otelscope.model.EntityId;
import dev.otelscope.model.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What one client's series has given to which of several servers. Immutable; kept by the series
/// from one join to the next, the only thing that a join depends on besides what observers say now.
///
/// Shares change, counters must not fall. So only what a counter has grown by since the last join
/// is divided by the shares of the moment. The first shares that become known divide everything:
/// before that it was where all servers could be meant. How exactly a sum is divided may depend on
/// when things became known; the sum does not.
public final class Division {
  public static final Division NONE =
      new Division(
          Set.of(), Map.of(), Split.NONE, Split.NONE, Split.NONE, Split.NONE, Split.NONE, Map.of());

  private final Set<EntityId> ends;
  private final Map<EntityId, Double> shares;
  private final Split opened;
  private final Split reset;
  private final Split sent;
  private final Split received;
  private final Split retransmits;
  private final Map<String, Split> failures;

  private Division(
      Set<EntityId> ends,
      Map<EntityId, Double> shares,
      Split opened,
      Split reset,
      Split sent,
      Split received,
      Split retransmits,
      Map<String, Split> failures) {
    this.ends = ends;
    this.shares = shares;
    this.opened = opened;
    this.reset = reset;
    this.sent = sent;
    this.received = received;
    this.retransmits = retransmits;
    this.failures = failures;
  }

  boolean isEmpty() {
    return ends.isEmpty();
  }

  /// Everybody who was ever given something, or has a share now.
  Set<EntityId> ends() {
    return ends;
  }

  /// Of the last join.
  Map<EntityId, Double> shares() {
    return shares;
  }

  /// Once the series has grown to this.
  ///
  /// @param nextShares of what it has grown by; with a sum of one
  Division at(SideFacts facts, Map<EntityId, Double> nextShares) {
    Set<EntityId> nextEnds = new TreeSet<>(ends);
    nextEnds.addAll(nextShares.keySet());
    Map<String, Split> nextFailures = new HashMap<>(failures);
    facts
        .failures()
        .forEach((cause, count) ->
            nextFailures.put(
                cause, failures.getOrDefault(cause, Split.NONE).at(count, nextShares)));
    Traffic totals = facts.totals();
    return new Division(
        nextEnds,
        nextShares,
        opened.at(totals.opened(), nextShares),
        reset.at(totals.reset(), nextShares),
        sent.at(totals.bytesSent(), nextShares),
        received.at(totals.bytesReceived(), nextShares),
        retransmits.at(totals.retransmits(), nextShares),
        nextFailures);
  }

  Traffic totals(EntityId end) {
    double failed = failures(end).values().stream().mapToDouble(Double::doubleValue).sum();
    return new Traffic(
        opened.of(end), failed, reset.of(end), sent.of(end), received.of(end), retransmits.of(end));
  }

  Map<String, Double> failures(EntityId end) {
    Map<String, Double> counts = new HashMap<>();
    failures.forEach((cause, split) -> {
      if (split.of(end) > 0) {
        counts.put(cause, split.of(end));
      }
    });
    return counts;
  }
}
