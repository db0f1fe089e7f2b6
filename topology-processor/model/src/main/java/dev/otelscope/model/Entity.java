package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Something that exists: a host, a process, an address.
///
/// Being in a snapshot means being alive, so there is no "last seen": a value that changed with
/// each heartbeat would make every entity change with each heartbeat.
///
/// @param attributes descriptive ones by semantic-convention name
/// @param relations by kind; an entity that is named here need not be in the snapshot
/// @param measurements last values by [Measurement#key]
/// @param listeners its listening sockets
/// @param firstSeen when it entered the graph
/// @param stale whether its only source has fallen silent
public record Entity(
    EntityId id,
    Map<String, AttributeValue> attributes,
    Map<Relation, EntityId> relations,
    Map<String, Measurement> measurements,
    Set<Listener> listeners,
    Instant firstSeen,
    boolean stale) {

  /// How an entity stands to another, in OpenTelemetry's entity vocabulary.
  public enum Relation {
    /// A process or container runs on a host.
    RUNS_ON,
    /// A process is part of a container, a container of a pod.
    PART_OF,
    /// A pod is managed by its controller.
    MANAGED_BY,
    /// A process was started by its parent.
    CHILD_OF
  }

  public Entity {
    requireNonNull(id, "id");
    requireNonNull(firstSeen, "firstSeen");
    attributes = Map.copyOf(attributes);
    relations = Map.copyOf(relations);
    measurements = Map.copyOf(measurements);
    listeners = Set.copyOf(listeners);
  }

  /// An entity of which nothing is known but that it is there.
  public static Entity bare(EntityId id, Instant firstSeen) {
    return new Entity(id, Map.of(), Map.of(), Map.of(), Set.of(), firstSeen, false);
  }

  /// The attribute as text, the empty string when it is not there.
  public String text(String attribute) {
    AttributeValue value = attributes.get(attribute);
    return value == null ? "" : value.toString();
  }

  public Optional<EntityId> related(Relation relation) {
    return Optional.ofNullable(relations.get(relation));
  }
}
