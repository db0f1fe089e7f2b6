package dev.otelscope.engine.join;

import dev.otelscope.model.EntityId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One counter divided among several ends. Immutable.
///
/// ```
///            due     given
/// worker 1   12.4    12
/// worker 2   7.6     8        together always what was counted
/// ```
///
/// What is added is given in whole numbers to those that are due most, and never taken back: no
/// part ever shrinks, and their sum is exact.
final class Split {
  static final Split NONE = new Split(Map.of(), Map.of(), 0);

  private final Map<EntityId, Double> due;
  private final Map<EntityId, Double> given;
  private final double total;

  private Split(Map<EntityId, Double> due, Map<EntityId, Double> given, double total) {
    this.due = due;
    this.given = given;
    this.total = total;
  }

  double of(EntityId end) {
    return given.getOrDefault(end, 0.0);
  }

  /// Once the counter has grown.
  ///
  /// @param shares of what it has grown by; with a sum of one
  Split at(double next, Map<EntityId, Double> shares) {
    double growth = next - total;
    if (growth <= 0) {
      return this;
    }
    Map<EntityId, Double> nextDue = new TreeMap<>(due);
    shares.forEach((end, share) -> nextDue.merge(end, growth * share, Double::sum));
    Map<EntityId, Double> nextGiven = new TreeMap<>(given);
    give(growth, nextDue, nextGiven);
    return new Split(nextDue, nextGiven, next);
  }

  private static void give(double growth, Map<EntityId, Double> due, Map<EntityId, Double> given) {
    List<EntityId> order =
        due.keySet().stream()
            .sorted(
                Comparator.<EntityId>comparingDouble(
                        end -> given.getOrDefault(end, 0.0) - due.getOrDefault(end, 0.0))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    double left = growth;
    for (EntityId end : order) {
      double wanting = due.getOrDefault(end, 0.0) - given.getOrDefault(end, 0.0);
      double whole = Math.min(left, Math.floor(Math.max(0, wanting)));
      given.merge(end, whole, Double::sum);
      left -= whole;
    }
    for (int i = 0; left > 0; i = (i + 1) % order.size()) {
      double one = Math.min(left, 1);
      given.merge(order.get(i), one, Double::sum);
      left -= one;
    }
  }
}
