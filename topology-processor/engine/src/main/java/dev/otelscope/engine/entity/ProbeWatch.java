package dev.otelscope.engine.entity;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.observation.Observation.EventsLost;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import dev.otelscope.model.Coverage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Which probes are there, whether they still speak, and what they cannot see. Owned by the
/// [EntityIndex].
final class ProbeWatch {
  private final Map<String, ProbeState> probes = new HashMap<>();
  private final Map<String, Map<String, Coverage>> said = new HashMap<>();
  private Set<String> silent = Set.of();
  private Set<String> dirty = new LinkedHashSet<>();

  /// What to show from now on, and what no longer, by [Coverage#key].
  record CoverageChanges(List<Coverage> said, List<String> withdrawn) {}

  void heardFrom(String host, long nowMillis) {
    probe(host, nowMillis).heardFrom(nowMillis);
  }

  Counted heard(ProbeHeard heard, long nowMillis) {
    boolean news = probe(heard.host(), nowMillis).heard(heard, nowMillis);
    if (news) {
      dirty.add(heard.host());
    }
    return Counted.POINT_APPLIED;
  }

  Counted lost(EventsLost lost, long nowMillis) {
    dirty.add(lost.host());
    return probe(lost.host(), nowMillis).lost(lost, nowMillis);
  }

  void overLimit(String host, long points, String limit, long nowMillis) {
    dirty.add(host);
    probe(host, nowMillis).overLimit(points, limit, nowMillis);
  }

  /// The hosts on which a newer probe has taken over for good; each is told once.
  List<String> handedOver(long nowMillis) {
    List<String> hosts = new ArrayList<>();
    probes.forEach((host, probe) -> {
      if (probe.succession().isDue(nowMillis)) {
        hosts.add(host);
      }
    });
    return hosts;
  }

  boolean isOutdated(String host, long startNanos) {
    ProbeState probe = probes.get(host);
    return probe != null && probe.succession().isOutdated(startNanos);
  }

  /// Looks who has fallen silent, spoken again, or is gone.
  ///
  /// @return hosts that changed in this
  Set<String> checkSilence(long nowMillis) {
    Set<String> now = new HashSet<>();
    Set<String> changed = new HashSet<>();
    probes
        .entrySet()
        .removeIf(entry -> {
          boolean goneForGood = entry.getValue().isGone(nowMillis);
          if (entry.getValue().isSilent(nowMillis) && !goneForGood) {
            now.add(entry.getKey());
          }
          if (goneForGood) {
            dirty.add(entry.getKey());
          }
          return goneForGood;
        });
    if (!now.equals(silent)) {
      now.stream().filter(host -> !silent.contains(host)).forEach(changed::add);
      silent.stream().filter(host -> !now.contains(host)).forEach(changed::add);
      silent = now;
      dirty.addAll(changed);
    }
    return changed;
  }

  boolean isSilent(String host) {
    return silent.contains(host);
  }

  Set<String> silent() {
    return silent;
  }

  /// What changed in coverage since the last call.
  ///
  /// @param names what people call a host, by its id
  CoverageChanges drain(UnaryOperator<String> names) {
    List<Coverage> changed = new ArrayList<>();
    List<String> withdrawn = new ArrayList<>();
    for (String host : dirty) {
      Map<String, Coverage> before = said.getOrDefault(host, Map.of());
      Map<String, Coverage> now = new LinkedHashMap<>();
      ProbeState probe = probes.get(host);
      if (probe != null) {
        probe
            .coverage(host, names.apply(host), silent.contains(host))
            .forEach(coverage -> now.put(coverage.key(), coverage));
      }
      now.forEach((key, coverage) -> {
        if (!coverage.equals(before.get(key))) {
          changed.add(coverage);
        }
      });
      before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(withdrawn::add);
      said.put(host, now);
      if (now.isEmpty()) {
        said.remove(host);
      }
    }
    dirty = new LinkedHashSet<>();
    return new CoverageChanges(changed, withdrawn);
  }

  private ProbeState probe(String host, long nowMillis) {
    return probes.computeIfAbsent(host, key -> new ProbeState(nowMillis));
  }
}
