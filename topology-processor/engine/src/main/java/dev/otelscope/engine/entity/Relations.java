package dev.otelscope.engine.entity;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity.Relation;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How entities stand to each other, by what they say of themselves. A process names its parent by
/// pid only, so who that is depends on which processes are there. Owned by the [EntityIndex].
final class Relations {
  private final Map<Pid, EntityId> processes = new HashMap<>();
  private final Map<Pid, Set<EntityId>> children = new HashMap<>();

  private record Pid(String host, String number) {}

  /// Notes that a process is there.
  ///
  /// @return entities whose relations may be others now
  Set<EntityId> appeared(EntityRecord entity) {
    if (!entity.id().isOf(EntityType.PROCESS)) {
      return Set.of();
    }
    parentPid(entity)
        .ifPresent(
            parent -> children.computeIfAbsent(parent, pid -> new HashSet<>()).add(entity.id()));
    Pid own = ownPid(entity.id());
    processes.merge(own, entity.id(), Relations::younger);
    return Set.copyOf(children.getOrDefault(own, Set.of()));
  }

  /// Notes that an entity is gone.
  ///
  /// @return entities whose relations may be others now
  Set<EntityId> disappeared(EntityRecord entity) {
    if (!entity.id().isOf(EntityType.PROCESS)) {
      return Set.of();
    }
    parentPid(entity).ifPresent(parent -> leave(parent, entity.id()));
    Pid own = ownPid(entity.id());
    processes.remove(own, entity.id());
    return Set.copyOf(children.getOrDefault(own, Set.of()));
  }

  Map<Relation, EntityId> of(EntityRecord entity) {
    Map<Relation, EntityId> relations = new EnumMap<>(Relation.class);
    if (!entity.id().isOf(EntityType.HOST)) {
      relations.put(Relation.RUNS_ON, EntityId.of(EntityType.HOST, entity.host()));
    }
    String container = entity.attribute(AttributeNames.CONTAINER_ID).toString();
    if (!container.isEmpty() && !entity.id().isOf(EntityType.CONTAINER)) {
      relations.put(Relation.PART_OF, EntityId.of(EntityType.CONTAINER, container));
    }
    if (entity.id().isOf(EntityType.PROCESS)) {
      parentPid(entity)
          .flatMap(pid -> Optional.ofNullable(processes.get(pid)))
          .filter(parent -> isOlder(parent, entity.id()))
          .ifPresent(parent -> relations.put(Relation.CHILD_OF, parent));
    }
    return relations;
  }

  private void leave(Pid parent, EntityId child) {
    Set<EntityId> siblings = children.get(parent);
    if (siblings != null && siblings.remove(child) && siblings.isEmpty()) {
      children.remove(parent);
    }
  }

  private static Optional<Pid> parentPid(EntityRecord entity) {
    String pid = entity.attribute(AttributeNames.PROCESS_PARENT_PID).toString();
    return pid.isEmpty() || pid.equals("0")
        ? Optional.empty()
        : Optional.of(new Pid(entity.id().value(0), pid));
  }

  private static Pid ownPid(EntityId process) {
    return new Pid(process.value(0), process.value(1));
  }

  private static EntityId younger(EntityId one, EntityId other) {
    return isOlder(one, other) ? other : one;
  }

  /// Whether a process can have started the other one: pids are used again.
  private static boolean isOlder(EntityId one, EntityId other) {
    return !one.equals(other) && ticks(one) <= ticks(other);
  }

  /// Ticks since boot, the end of `otelscope.process.start`; 0 when it does not say.
  private static long ticks(EntityId process) {
    String start = process.value(2);
    try {
      return Long.parseLong(start, start.lastIndexOf('-') + 1, start.length(), 10);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return 0;
    }
  }
}
