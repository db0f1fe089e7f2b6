package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/// How one snapshot becomes another. Everything that was added or changed is there as a whole, so a
/// reader that holds the base needs nothing else.
///
/// @param base the revision to which it applies; [Revision#NONE] starts from nothing
/// @param next the revision that it leads to
/// @param time of the next snapshot
/// @param entities added or changed
/// @param removedEntities none of them in `entities`
/// @param edges added or changed
/// @param removedEdges none of them in `edges`
/// @param coverage added or changed
/// @param removedCoverage by [Coverage#key]
public record GraphDelta(
    Revision base,
    Revision next,
    Instant time,
    List<Entity> entities,
    Set<EntityId> removedEntities,
    List<Edge> edges,
    Set<EdgeKey> removedEdges,
    List<Coverage> coverage,
    Set<String> removedCoverage) {

  public GraphDelta {
    requireNonNull(base, "base");
    requireNonNull(next, "next");
    requireNonNull(time, "time");
    entities = List.copyOf(entities);
    removedEntities = Set.copyOf(removedEntities);
    edges = List.copyOf(edges);
    removedEdges = Set.copyOf(removedEdges);
    coverage = List.copyOf(coverage);
    removedCoverage = Set.copyOf(removedCoverage);
  }

  /// What leads from `base` to `next`. Costs a walk over both; whoever knows what changed makes the
  /// delta from that.
  public static GraphDelta between(GraphSnapshot base, GraphSnapshot next) {
    return new GraphDelta(
        base.revision(),
        next.revision(),
        next.time(),
        changed(base.entities(), next.entities()),
        removed(base.entities(), next.entities()),
        changed(base.edges(), next.edges()),
        removed(base.edges(), next.edges()),
        changed(base.coverage(), next.coverage()),
        removed(base.coverage(), next.coverage()));
  }

  public boolean isEmpty() {
    return entities.isEmpty()
        && removedEntities.isEmpty()
        && edges.isEmpty()
        && removedEdges.isEmpty()
        && coverage.isEmpty()
        && removedCoverage.isEmpty();
  }

  /// The next snapshot.
  ///
  /// @throws IllegalArgumentException when `snapshot` is not the base
  public GraphSnapshot applyTo(GraphSnapshot snapshot) {
    if (!snapshot.revision().equals(base)) {
      throw new IllegalArgumentException(
          "a delta from " + base + " does not apply to " + snapshot.revision());
    }
    return new GraphSnapshot(
        next,
        time,
        patch(snapshot.entities(), entities, Entity::id, removedEntities),
        patch(snapshot.edges(), edges, Edge::key, removedEdges),
        patch(snapshot.coverage(), coverage, Coverage::key, removedCoverage));
  }

  /// This delta and then the other as one.
  ///
  /// @throws IllegalArgumentException when `later` does not start where this one ends
  public GraphDelta then(GraphDelta later) {
    if (!later.base.equals(next)) {
      throw new IllegalArgumentException("a delta from " + later.base + " does not follow " + next);
    }
    return new GraphDelta(
        base,
        later.next,
        later.time,
        latest(entities, later.entities, Entity::id, later.removedEntities),
        gone(removedEntities, later.removedEntities, later.entities, Entity::id),
        latest(edges, later.edges, Edge::key, later.removedEdges),
        gone(removedEdges, later.removedEdges, later.edges, Edge::key),
        latest(coverage, later.coverage, Coverage::key, later.removedCoverage),
        gone(removedCoverage, later.removedCoverage, later.coverage, Coverage::key));
  }

  private static <K, V> List<V> changed(Map<K, V> base, Map<K, V> next) {
    List<V> changed = new ArrayList<>();
    next.forEach((key, value) -> {
      @Nullable V before = base.get(key);
      if (!Objects.equals(before, value)) {
        changed.add(value);
      }
    });
    return changed;
  }

  private static <K, V> Set<K> removed(Map<K, V> base, Map<K, V> next) {
    Set<K> removed = new HashSet<>();
    for (K key : base.keySet()) {
      if (!next.containsKey(key)) {
        removed.add(key);
      }
    }
    return removed;
  }

  private static <K, V> PMap<K, V> patch(
      PMap<K, V> map, List<V> put, Function<V, K> keyOf, Set<K> removed) {
    PMap<K, V> patched = map.minusAll(removed);
    for (V value : put) {
      patched = patched.plus(keyOf.apply(value), value);
    }
    return patched;
  }

  private static <K, V> List<V> latest(
      List<V> earlier, List<V> later, Function<V, K> keyOf, Set<K> removedLater) {
    Map<K, V> latest = new LinkedHashMap<>();
    earlier.forEach(value -> latest.put(keyOf.apply(value), value));
    latest.keySet().removeAll(removedLater);
    later.forEach(value -> latest.put(keyOf.apply(value), value));
    return List.copyOf(latest.values());
  }

  private static <K, V> Set<K> gone(
      Set<K> earlier, Set<K> later, List<V> putLater, Function<V, K> keyOf) {
    Set<K> gone = new HashSet<>(earlier);
    putLater.forEach(value -> gone.remove(keyOf.apply(value)));
    gone.addAll(later);
    return gone;
  }
}
