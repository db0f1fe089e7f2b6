package dev.otelscope.views;

import dev.otelscope.model.Entity;
import dev.otelscope.model.Entity.Relation;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a view needs to know of others than the entity itself to place and draw it: the hosts, and
/// what containers say of themselves. Read-only outside this package; not thread-safe.
public final class Surroundings {
  private final Hosts hosts = new Hosts();
  private final Map<EntityId, Entity> containers = new HashMap<>();
  private final Map<EntityId, TreeSet<EntityId>> parts = new HashMap<>();

  public Hosts hosts() {
    return hosts;
  }

  /// The container that an entity is part of, if anything is known of it but its id.
  public Optional<Entity> containerOf(Entity part) {
    return containerIdOf(part).map(containers::get);
  }

  /// The id of the container that an entity is part of.
  public static Optional<EntityId> containerIdOf(Entity part) {
    return part.related(Relation.PART_OF).filter(whole -> whole.isOf(EntityType.CONTAINER));
  }

  /// The entities that are part of a container, in order.
  public List<EntityId> partsOf(EntityId container) {
    return List.copyOf(parts.getOrDefault(container, new TreeSet<>()));
  }

  /// Takes note of an entity, or that it is gone.
  ///
  /// @param before how it was, null when it is new
  /// @param now how it is, null when it is gone
  void replace(@Nullable Entity before, @Nullable Entity now) {
    if (before != null) {
      containers.remove(before.id());
      containerIdOf(before).ifPresent(container -> leave(container, before.id()));
    }
    if (now != null) {
      if (now.id().isOf(EntityType.CONTAINER)) {
        containers.put(now.id(), now);
      }
      containerIdOf(now)
          .ifPresent(
              container -> parts.computeIfAbsent(container, _ -> new TreeSet<>()).add(now.id()));
    }
  }

  private void leave(EntityId container, EntityId part) {
    parts.computeIfPresent(
        container,
        (_, those) -> {
          those.remove(part);
          return those.isEmpty() ? null : those;
        });
  }
}
