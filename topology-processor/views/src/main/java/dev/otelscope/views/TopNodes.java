package dev.otelscope.views;

import dev.otelscope.model.EntityId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Keeps the `limit` nodes with the most connections, of equal ones those with the smaller id. A
/// change costs the logarithm of how many there are. Not thread-safe.
final class TopNodes {
  private static final Comparator<Ranked> ORDER =
      Comparator.comparingInt(Ranked::weight).reversed().thenComparing(Ranked::id);

  private final int limit;
  private final Map<EntityId, Ranked> all = new HashMap<>();
  private final TreeSet<Ranked> kept = new TreeSet<>(ORDER);
  private final TreeSet<Ranked> left = new TreeSet<>(ORDER);

  private record Ranked(EntityId id, int weight) {}

  TopNodes(int limit) {
    this.limit = limit;
  }

  void put(EntityId id, int weight) {
    Ranked now = new Ranked(id, weight);
    Ranked before = all.put(id, now);
    if (now.equals(before)) {
      return;
    }
    boolean wasKept = before != null && kept.remove(before);
    if (before != null && !wasKept) {
      left.remove(before);
    }
    (wasKept ? kept : left).add(now);
  }

  void remove(EntityId id) {
    Ranked before = all.remove(id);
    if (before != null && !kept.remove(before)) {
      left.remove(before);
    }
  }

  /// Puts the best on the right side again after any number of changes.
  ///
  /// @param moved receives every id that is kept now and was not, or the other way round
  void settle(Set<EntityId> moved) {
    while (!left.isEmpty() && kept.size() < limit) {
      keep(moved);
    }
    while (!left.isEmpty() && ORDER.compare(left.first(), kept.last()) < 0) {
      Ranked worst = kept.pollLast();
      keep(moved);
      left.add(worst);
      moved.add(worst.id);
    }
  }

  private void keep(Set<EntityId> moved) {
    Ranked best = left.pollFirst();
    kept.add(best);
    moved.add(best.id);
  }

  boolean keeps(EntityId id) {
    Ranked ranked = all.get(id);
    return ranked != null && kept.contains(ranked);
  }

  int leftOut() {
    return left.size();
  }
}
