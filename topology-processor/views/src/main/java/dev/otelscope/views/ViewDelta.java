package dev.otelscope.views;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.Coverage;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How one viewer's snapshot becomes the next.
///
/// @param base the revision to which it applies
/// @param next the revision that it leads to
/// @param time of the next snapshot
/// @param hidden of the next snapshot
/// @param coverage of the next snapshot
public record ViewDelta(
    Revision base,
    Revision next,
    Instant time,
    Changes<EntityId, ViewNode> nodes,
    Changes<EdgeId, ViewEdge> edges,
    Map<String, Integer> hidden,
    List<Coverage> coverage) {

  public ViewDelta {
    requireNonNull(base, "base");
    requireNonNull(next, "next");
    requireNonNull(time, "time");
    requireNonNull(nodes, "nodes");
    requireNonNull(edges, "edges");
    hidden = Collections.unmodifiableMap(new LinkedHashMap<>(hidden));
    coverage = List.copyOf(coverage);
  }

  /// The next snapshot.
  ///
  /// @throws IllegalArgumentException when `snapshot` is not the base
  public ViewSnapshot applyTo(ViewSnapshot snapshot) {
    requireBase(snapshot.revision(), base);
    return new ViewSnapshot(
        next,
        time,
        nodes.applyTo(snapshot.nodes()),
        edges.applyTo(snapshot.edges()),
        hidden,
        coverage);
  }

  /// This delta and then the other as one.
  ///
  /// @throws IllegalArgumentException when `later` does not start where this one ends
  public ViewDelta then(ViewDelta later) {
    requireBase(next, later.base);
    return new ViewDelta(
        base,
        later.next,
        later.time,
        nodes.then(later.nodes),
        edges.then(later.edges),
        later.hidden,
        later.coverage);
  }

  private static void requireBase(Revision is, Revision base) {
    if (!is.equals(base)) {
      throw new IllegalArgumentException("a delta from " + base + " does not apply to " + is);
    }
  }
}
