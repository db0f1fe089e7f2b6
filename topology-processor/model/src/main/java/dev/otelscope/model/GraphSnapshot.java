package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The whole graph at one moment. Immutable; snapshots share what did not change between them.
///
/// Both ends of every edge are in `entities`.
///
/// @param time when the processor published it
/// @param coverage by [Coverage#key]
public record GraphSnapshot(
    Revision revision,
    Instant time,
    PMap<EntityId, Entity> entities,
    PMap<EdgeKey, Edge> edges,
    PMap<String, Coverage> coverage) {

  public static final GraphSnapshot EMPTY =
      new GraphSnapshot(
          Revision.NONE,
          Instant.EPOCH,
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty());

  public GraphSnapshot {
    requireNonNull(revision, "revision");
    requireNonNull(time, "time");
    requireNonNull(entities, "entities");
    requireNonNull(edges, "edges");
    requireNonNull(coverage, "coverage");
  }
}
