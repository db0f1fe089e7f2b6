package dev.otelscope.engine.entity;

import dev.otelscope.engine.join.AddressBook;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What changed about entities since it was asked last, and the book that follows from it.
///
/// @param entities new or changed
/// @param gone no longer said to exist
/// @param names all names of entities that are addresses and whose names changed, the one to show
///   first; none when it has lost the last
/// @param changedAddresses that mean something else in this book than in the one before
/// @param silent producers that have fallen silent
public record EntityChanges(
    List<Entity> entities,
    List<EntityId> gone,
    List<Coverage> coverage,
    List<String> goneCoverage,
    Map<EntityId, List<String>> names,
    AddressBook book,
    Set<IpAddress> changedAddresses,
    boolean kinChanged,
    Set<String> silent) {
  public EntityChanges {
    entities = List.copyOf(entities);
    gone = List.copyOf(gone);
    coverage = List.copyOf(coverage);
    goneCoverage = List.copyOf(goneCoverage);
    names = Map.copyOf(names);
    changedAddresses = Set.copyOf(changedAddresses);
    silent = Set.copyOf(silent);
  }
}
