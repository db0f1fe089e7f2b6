package dev.otelscope.engine.join;

import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.VirtualAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What one flow adds to one edge.
///
/// @param source who says so, as in [dev.otelscope.model.Edge#sources]
/// @param current whether it alone would keep the edge in the graph
/// @param rttSum of the round trips, each taken `rttWeight` times
/// @param virtualAddresses as in [dev.otelscope.model.Edge]; at most [#VIRTUAL_LIMIT], those that
///   come first
public record EdgePart(
    EdgeKey key,
    String source,
    String protocol,
    boolean current,
    boolean stale,
    long active,
    Traffic totals,
    Traffic rates,
    Map<String, Double> failures,
    double rttSum,
    long rttWeight,
    Pairing pairing,
    Set<VirtualAddress> virtualAddresses) {
  static final int VIRTUAL_LIMIT = 8;

  public EdgePart {
    failures = Map.copyOf(failures);
    virtualAddresses = Set.copyOf(virtualAddresses);
  }

  /// Both together. What is current decides how sure and how stale the sum is.
  public EdgePart plus(EdgePart other) {
    boolean alike = current == other.current;
    return new EdgePart(
        key,
        source,
        protocol.isEmpty() ? other.protocol : protocol,
        current || other.current,
        alike ? stale && other.stale : current ? stale : other.stale,
        active + other.active,
        totals.plus(other.totals),
        rates.plus(other.rates),
        sum(failures, other.failures),
        rttSum + other.rttSum,
        rttWeight + other.rttWeight,
        alike ? pairing.or(other.pairing) : current ? pairing : other.pairing,
        union(virtualAddresses, other.virtualAddresses));
  }

  private static Set<VirtualAddress> union(Set<VirtualAddress> one, Set<VirtualAddress> other) {
    if (other.isEmpty() || one.equals(other)) {
      return one;
    }
    TreeSet<VirtualAddress> union = new TreeSet<>(one);
    union.addAll(other);
    while (union.size() > VIRTUAL_LIMIT) {
      union.removeLast();
    }
    return union;
  }

  private static Map<String, Double> sum(Map<String, Double> one, Map<String, Double> other) {
    if (other.isEmpty()) {
      return one;
    }
    Map<String, Double> sum = new HashMap<>(one);
    other.forEach((cause, count) -> sum.merge(cause, count, Double::sum));
    return sum;
  }
}
