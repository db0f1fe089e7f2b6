package dev.otelscope.engine.assembly;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entity as it is shown: as long as a producer says that it is there, or an edge needs it.
/// Owned by the [Assembler].
final class EntityState {
  private final EntityId id;
  private @Nullable Entity said;
  private @Nullable Entity shown;
  private int edges;

  EntityState(EntityId id) {
    this.id = id;
  }

  EntityId id() {
    return id;
  }

  void setSaid(@Nullable Entity entity) {
    said = entity;
  }

  void countEdge(int change) {
    edges += change;
  }

  @Nullable Entity shown() {
    return shown;
  }

  void setShown(@Nullable Entity entity) {
    shown = entity;
  }

  /// The entity as it should be shown, null when it should not.
  ///
  /// @param names of an address, the one to show first
  @Nullable Entity wanted(Instant now, List<String> names) {
    if (said != null) {
      return said;
    }
    if (edges == 0) {
      return null;
    }
    Entity present = shown != null ? shown : Entity.bare(id, now);
    return id.isOf(EntityType.ADDRESS) ? named(present, names) : present;
  }

  private static Entity named(Entity address, List<String> names) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    if (!names.isEmpty()) {
      attributes.put(AttributeNames.DNS_QUESTION_NAME, AttributeValue.of(names.getFirst()));
    }
    if (names.size() > 1) {
      attributes.put(
          AttributeNames.DNS_NAMES,
          new AttributeValue.Listing(names.stream().map(AttributeValue::of).toList()));
    }
    return new Entity(
        address.id(),
        attributes,
        address.relations(),
        address.measurements(),
        address.listeners(),
        address.firstSeen(),
        address.stale());
  }
}
