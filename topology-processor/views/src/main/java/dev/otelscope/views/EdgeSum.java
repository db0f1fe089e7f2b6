package dev.otelscope.views;

import dev.otelscope.model.Edge;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import java.util.List;

/// The sum of any number of the graph's edges. Adding and removing one costs the same however many
/// there are. Not thread-safe.
public final class EdgeSum {
  /*
   * Exactness
   *   A sum of floating-point numbers depends on the order of its parts, and taking a part out again
   *   does not lead back to where it was. So amounts are added as whole numbers: rates in millionths
   *   (up to 9 * 10^12 per second), totals in thousandths (up to 9 * 10^15, nine petabytes), round
   *   trips in nanoseconds. Then addition commutes and subtraction undoes it, which is why a view that
   *   followed every change equals one made from scratch, and views of disjoint flows add up.
   *
   *   What has no inverse (the worst pairing, the set of ports) is kept as a count per value.
   */

  private final TrafficSum rates = new TrafficSum(1_000_000);
  private final TrafficSum totals = new TrafficSum(1_000);
  private final Tally<Integer> ports = new Tally<>();
  private final Tally<Transport> transports = new Tally<>();
  private final Tally<String> protocols = new Tally<>();
  private final Tally<Pairing> pairings = new Tally<>();
  private final Tally<String> sources = new Tally<>();
  private long active;
  private long weightedRttNanos;
  private long rttWeight;
  private int parts;
  private int staleParts;

  public void add(Edge edge) {
    count(edge, 1);
  }

  /// Undoes [#add] of an equal edge.
  public void remove(Edge edge) {
    count(edge, -1);
  }

  public boolean isEmpty() {
    return parts == 0;
  }

  /// The sum as an edge between two nodes; there must be a part.
  public ViewEdge between(EdgeId id) {
    if (isEmpty()) {
      throw new IllegalStateException("nothing was added for " + id);
    }
    return new ViewEdge(
        id,
        ports.values().stream().filter(port -> port != 0).toList(),
        transports.isSingle() ? transports.last().toString() : "mixed",
        protocol(),
        active,
        rates.toTraffic(),
        totals.toTraffic(),
        rttWeight == 0 ? Double.NaN : weightedRttNanos / (rttWeight * 1e9),
        pairings.last(),
        List.copyOf(sources.values()),
        staleParts == parts);
  }

  private String protocol() {
    return protocols.isSingle() ? protocols.last() : "";
  }

  private void count(Edge edge, int sign) {
    parts += sign;
    staleParts += edge.stale() ? sign : 0;
    active += sign * edge.active();
    rates.add(edge.rates(), sign);
    totals.add(edge.totals(), sign);
    ports.add(edge.key().port(), sign);
    transports.add(edge.key().transport(), sign);
    pairings.add(edge.pairing(), sign);
    edge.sources().forEach(source -> sources.add(source, sign));
    if (!edge.protocol().isEmpty()) {
      protocols.add(edge.protocol(), sign);
    }
    if (!Double.isNaN(edge.rttSeconds())) {
      long weight = Math.max(1, edge.active());
      rttWeight += sign * weight;
      weightedRttNanos += sign * weight * Math.round(edge.rttSeconds() * 1e9);
    }
  }

  /// Traffic as whole numbers of a unit's fractions.
  private static final class TrafficSum {
    private final double fractions;
    private long opened;
    private long failed;
    private long reset;
    private long bytesSent;
    private long bytesReceived;
    private long retransmits;

    private TrafficSum(double fractions) {
      this.fractions = fractions;
    }

    private void add(Traffic traffic, int sign) {
      opened += sign * whole(traffic.opened());
      failed += sign * whole(traffic.failed());
      reset += sign * whole(traffic.reset());
      bytesSent += sign * whole(traffic.bytesSent());
      bytesReceived += sign * whole(traffic.bytesReceived());
      retransmits += sign * whole(traffic.retransmits());
    }

    private long whole(double amount) {
      return Math.round(amount * fractions);
    }

    private Traffic toTraffic() {
      return new Traffic(
          opened / fractions,
          failed / fractions,
          reset / fractions,
          bytesSent / fractions,
          bytesReceived / fractions,
          retransmits / fractions);
    }
  }
}
