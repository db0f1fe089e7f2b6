package dev.otelscope.engine.assembly;

import dev.otelscope.engine.flow.Flow;
import dev.otelscope.engine.join.EdgePart;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Traffic;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An edge as the sum of what flows add to it. It may be hidden, while nothing of it is current.
/// Owned by the [Assembler].
final class EdgeState {
  private final EdgeKey key;
  private final Map<Flow, EdgePart> parts = new LinkedHashMap<>(2);
  private final Instant firstSeen;
  private @Nullable EdgePart retired;
  private @Nullable Edge shown;

  EdgeState(EdgeKey key, Instant firstSeen) {
    this.key = key;
    this.firstSeen = firstSeen;
  }

  EdgeKey key() {
    return key;
  }

  void put(Flow flow, EdgePart part) {
    parts.put(flow, part);
  }

  /// A flow adds nothing to it any more.
  ///
  /// @param keepTotals whether what it counted stays, as long as the edge lives by other flows
  void remove(Flow flow, boolean keepTotals) {
    EdgePart part = parts.remove(flow);
    if (part != null && keepTotals) {
      EdgePart rest = past(part);
      retired = retired == null ? rest : retired.plus(rest);
    }
  }

  boolean hasNoParts() {
    return parts.isEmpty();
  }

  @Nullable Edge shown() {
    return shown;
  }

  void setShown(@Nullable Edge edge) {
    shown = edge;
    if (edge == null) {
      retired = null;
    }
  }

  /// The edge as it is now, null when nothing of it is current.
  @Nullable Edge sum() {
    EdgePart sum = retired;
    for (EdgePart part : parts.values()) {
      sum = sum == null ? part : sum.plus(part);
    }
    if (sum == null || !sum.current()) {
      return null;
    }
    return new Edge(
        key,
        sum.protocol(),
        sum.active(),
        sum.totals(),
        sum.rates(),
        sum.failures(),
        sum.rttWeight() == 0 ? Double.NaN : sum.rttSum() / sum.rttWeight(),
        sum.pairing(),
        Set.of(sum.source()),
        sum.virtualAddresses(),
        firstSeen,
        sum.stale());
  }

  private static EdgePart past(EdgePart part) {
    return new EdgePart(
        part.key(),
        part.source(),
        part.protocol(),
        false,
        part.stale(),
        0,
        part.totals(),
        Traffic.NONE,
        part.failures(),
        0,
        0,
        part.pairing(),
        part.virtualAddresses());
  }
}
