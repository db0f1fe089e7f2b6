package dev.otelscope.probe.emission;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.connection.Tier;
import java.util.HashMap;
import java.util.Map;

/// What the probe can see at the moment.
///
/// @param reason why not a better tier, one sentence; empty at the best one
/// @param untranslated why translated addresses are not known everywhere, one sentence; empty when
///   they are
/// @param unnamed why names of addresses are not known everywhere, one sentence; empty when they
///   are
/// @param lost events that were missed since the start, by reason
public record Coverage(
    Tier tier, String reason, String untranslated, String unnamed, Map<String, Long> lost) {
  public Coverage {
    requireNonNull(tier, "tier");
    requireNonNull(reason, "reason");
    requireNonNull(untranslated, "untranslated");
    requireNonNull(unnamed, "unnamed");
    lost = Map.copyOf(lost);
  }

  /// With this many more; the same when there are none.
  Coverage withLost(String why, long count) {
    if (count == 0) {
      return this;
    }
    Map<String, Long> more = new HashMap<>(lost);
    more.merge(why, count, Long::sum);
    return new Coverage(tier, reason, untranslated, unnamed, more);
  }
}
