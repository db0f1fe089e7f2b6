package dev.otelscope.engine.assembly;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.engine.entity.EntityChanges;
import dev.otelscope.engine.flow.Flow;
import dev.otelscope.engine.flow.FlowResult;
import dev.otelscope.engine.join.EdgePart;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes of what flows and entities contribute the next change of the graph. Works on what changed
/// only; not thread-safe.
///
/// Guarantees that both ends of every edge are in the graph: an end that nobody described is there
/// as a bare entity, one that is gone stays until its last edge is gone.
public final class Assembler {
  private final EngineCounters counters;
  private final String epoch;
  private final Map<Flow, List<EdgePart>> flows = new HashMap<>();
  private final Map<EdgeKey, EdgeState> edges = new HashMap<>();
  private final Map<EntityId, EntityState> entities = new HashMap<>();
  private final Map<EntityId, List<String>> names = new HashMap<>();
  private final Set<EdgeKey> touchedEdges = new LinkedHashSet<>();
  private final Set<EntityId> touchedEntities = new LinkedHashSet<>();
  private Revision revision = Revision.NONE;

  /// @param epoch of all revisions that it makes
  public Assembler(String epoch, EngineCounters counters) {
    this.epoch = epoch;
    this.counters = counters;
  }

  /// What leads from the last delta's graph to the one with these changes; empty when they change
  /// nothing that is shown, and then the revision stays.
  public GraphDelta assemble(EntityChanges changes, List<FlowResult> results, Instant now) {
    for (FlowResult result : results) {
      take(result, now);
    }
    for (Entity entity : changes.entities()) {
      state(entity.id()).setSaid(entity);
      touchedEntities.add(entity.id());
    }
    for (EntityId id : changes.gone()) {
      state(id).setSaid(null);
      touchedEntities.add(id);
    }
    changes.names().forEach(this::name);
    List<Edge> changedEdges = new ArrayList<>();
    Set<EdgeKey> removedEdges = new HashSet<>();
    touchedEdges.forEach(key -> settle(key, changedEdges, removedEdges));
    touchedEdges.clear();

    List<Entity> changedEntities = new ArrayList<>();
    Set<EntityId> removedEntities = new HashSet<>();
    touchedEntities.forEach(id -> settle(id, now, changedEntities, removedEntities));
    touchedEntities.clear();

    GraphDelta delta =
        new GraphDelta(
            revision,
            new Revision(epoch, revision.number() + 1),
            now,
            changedEntities,
            removedEntities,
            changedEdges,
            removedEdges,
            changes.coverage(),
            Set.copyOf(changes.goneCoverage()));
    if (!delta.isEmpty()) {
      revision = delta.next();
    }
    return delta;
  }

  private void name(EntityId address, List<String> all) {
    if (all.isEmpty()) {
      names.remove(address);
    } else {
      names.put(address, all);
    }
    if (entities.containsKey(address)) {
      touchedEntities.add(address);
    }
  }

  private void take(FlowResult result, Instant now) {
    List<EdgePart> before = flows.getOrDefault(result.flow(), List.of());
    Set<EdgeKey> still = new HashSet<>();
    for (EdgePart part : result.parts()) {
      edges.computeIfAbsent(part.key(), key -> new EdgeState(key, now)).put(result.flow(), part);
      still.add(part.key());
      touchedEdges.add(part.key());
    }
    for (EdgePart part : before) {
      EdgeState edge = edges.get(part.key());
      if (edge != null && !still.contains(part.key())) {
        edge.remove(result.flow(), result.ended());
        touchedEdges.add(part.key());
      }
    }
    if (result.parts().isEmpty()) {
      flows.remove(result.flow());
    } else {
      flows.put(result.flow(), result.parts());
    }
  }

  private void settle(EdgeKey key, List<Edge> changed, Set<EdgeKey> removed) {
    EdgeState state = edges.get(key);
    if (state == null) {
      return;
    }
    Edge before = state.shown();
    Edge after = state.sum();
    state.setShown(after);
    if (after == null && before != null) {
      removed.add(key);
      counters.increment(Counted.EDGE_EXPIRED);
      countEnds(key, -1);
    } else if (after != null && !after.equals(before)) {
      changed.add(after);
      countEnds(key, before == null ? 1 : 0);
    }
    if (state.hasNoParts() && after == null) {
      edges.remove(key);
    }
  }

  private void countEnds(EdgeKey key, int change) {
    if (change == 0) {
      return;
    }
    for (EntityId end : List.of(key.client(), key.server())) {
      state(end).countEdge(change);
      touchedEntities.add(end);
    }
  }

  private void settle(EntityId id, Instant now, List<Entity> changed, Set<EntityId> removed) {
    EntityState state = state(id);
    @Nullable Entity before = state.shown();
    @Nullable Entity after = state.wanted(now, names.getOrDefault(id, List.of()));
    state.setShown(after);
    if (after == null) {
      entities.remove(id);
      if (before != null) {
        removed.add(id);
      }
    } else if (!Objects.equals(after, before)) {
      changed.add(after);
    }
  }

  private EntityState state(EntityId id) {
    return entities.computeIfAbsent(id, EntityState::new);
  }
}
