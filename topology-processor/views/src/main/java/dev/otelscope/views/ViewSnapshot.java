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
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// What a viewer sees at one moment. Immutable; snapshots share what did not change between them.
///
/// Both ends of every edge are in `nodes`.
///
/// @param revision of the graph when the viewer's picture last changed
/// @param time of that graph
/// @param hidden how many nodes are not shown, by the option that hides them, in order; `q` and
///   `limit` besides
/// @param coverage what could not be seen, the most severe first
public record ViewSnapshot(
    Revision revision,
    Instant time,
    PMap<EntityId, ViewNode> nodes,
    PMap<EdgeId, ViewEdge> edges,
    Map<String, Integer> hidden,
    List<Coverage> coverage) {

  public static final ViewSnapshot EMPTY =
      new ViewSnapshot(
          Revision.NONE,
          Instant.EPOCH,
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          Map.of(),
          List.of());

  public ViewSnapshot {
    requireNonNull(revision, "revision");
    requireNonNull(time, "time");
    hidden = Collections.unmodifiableMap(new LinkedHashMap<>(hidden));
    coverage = List.copyOf(coverage);
  }

  public int hiddenCount() {
    return hidden.values().stream().mapToInt(Integer::intValue).sum();
  }
}
