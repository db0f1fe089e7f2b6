package dev.otelscope.engine.assembly;

import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import java.time.Instant;
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
  @Nullable Entity wanted(Instant now) {
    if (said != null) {
      return said;
    }
    if (edges == 0) {
      return null;
    }
    return shown != null ? shown : Entity.bare(id, now);
  }
}
