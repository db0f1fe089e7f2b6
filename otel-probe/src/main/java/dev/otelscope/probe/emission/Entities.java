package dev.otelscope.probe.emission;

import dev.otelscope.probe.container.ContainerCgroup;
import dev.otelscope.probe.process.ProcessFacts;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTable;
import dev.otelscope.probe.process.ProcessTrace;
import dev.otelscope.probe.tracking.LocalEntity;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The entities that have something to say, each with one resource object for as long as its facts
/// stay the same.
final class Entities {
  /*
   * Expiry
   *   Whoever has points for a block keeps it, each round. A block that nobody kept in a round is
   *   dropped after it. A block that was replaced, because the facts of its process changed, lives on
   *   beside its successor until its points have said farewell.
   */
  private static final long CHECK_NANOS = 5_000_000_000L;

  private static final class Known {
    private final EntityBlock block;
    private final Optional<ProcessFacts> facts;
    private final Optional<ContainerCgroup> container;
    private final Optional<ProcessPoints> usage;
    private long checkedNanos;

    private Known(
        EntityBlock block,
        Optional<ProcessFacts> facts,
        Optional<ContainerCgroup> container,
        Optional<ProcessPoints> usage,
        long nowNanos) {
      this.block = block;
      this.facts = facts;
      this.container = container;
      this.usage = usage;
      this.checkedNanos = nowNanos;
    }
  }

  private final EntityResources resources;
  private final ProcessTable processes;
  private final Map<LocalEntity, Known> known = new HashMap<>();
  private final Map<LocalEntity, String> names = new HashMap<>();
  private final Set<EntityBlock> kept = new LinkedHashSet<>();

  Entities(EntityResources resources, ProcessTable processes) {
    this.resources = resources;
    this.processes = processes;
  }

  /// A round begins: blocks are empty again, and facts are looked at when it is time.
  void begin(Round round) {
    kept.forEach(EntityBlock::clear);
    kept.clear();
    known.replaceAll((entity, old) -> check(entity, old, round));
  }

  private Known check(LocalEntity entity, Known old, Round round) {
    if (!(entity instanceof LocalEntity.OfProcess(ProcessIdentity process))
        || round.nowNanos() - old.checkedNanos < CHECK_NANOS) {
      return old;
    }
    old.checkedNanos = round.nowNanos();
    Optional<ProcessFacts> facts = processes.facts(process);
    boolean unchanged = facts.isEmpty() || facts.equals(old.facts);
    return unchanged ? old : know(process, facts, facts.get().networkNamespace(), round.nowNanos());
  }

  /// The present block of an entity.
  ///
  /// @param namespace where its sockets are
  EntityBlock blockOf(LocalEntity entity, String namespace) {
    Known one = known.get(entity);
    if (one == null) {
      one =
          switch (entity) {
            case LocalEntity.OfProcess(ProcessIdentity process) ->
                know(process, processes.facts(process), namespace, 0);
            case LocalEntity.Unattributed(String where) ->
                new Known(
                    new EntityBlock(resources.ofUnattributed(where)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0);
          };
      known.put(entity, one);
    }
    return one.block;
  }

  private Known know(
      ProcessIdentity process, Optional<ProcessFacts> facts, String namespace, long nowNanos) {
    Optional<ProcessTrace> trace = facts.isPresent() ? Optional.empty() : processes.trace(process);
    EntityBlock block = new EntityBlock(resources.ofProcess(process, facts, trace, namespace));
    Optional<ContainerCgroup> container =
        facts.flatMap(ProcessFacts::container).or(() -> trace.flatMap(ProcessTrace::container));
    Optional<ProcessPoints> usage = facts.map(present -> new ProcessPoints(present.created()));
    return new Known(block, facts, container, usage, nowNanos);
  }

  /// The text id of an entity.
  String nameOf(LocalEntity entity) {
    return names.computeIfAbsent(entity, absent -> resources.idOf(absent).toString());
  }

  /// Says that the block has points that live on.
  void keep(EntityBlock block) {
    kept.add(block);
  }

  /// The containers of the processes that have something to say, by id. What `/proc` says of where
  /// they are goes before what is left of a process that is gone.
  Map<String, ContainerCgroup> containers() {
    Map<String, ContainerCgroup> containers = new HashMap<>();
    for (Known one : known.values()) {
      one.container.ifPresent(container ->
          containers.merge(
              container.id(), container, (former, here) -> one.facts.isPresent() ? here : former));
    }
    return containers;
  }

  /// All of them, as they are said now.
  Stream<Resource> all() {
    return known.values().stream().map(one -> one.block.resource());
  }

  /// Puts what processes use into the round, and drops who has nothing else to say.
  void end(Round round, List<MetricData> collected) {
    known.entrySet().removeIf(entry -> !kept.contains(entry.getValue().block));
    names.keySet().removeIf(entity -> !known.containsKey(entity));
    known.forEach((entity, one) -> {
      if (entity instanceof LocalEntity.OfProcess(ProcessIdentity process)) {
        one.usage.ifPresent(usage -> usage.offer(process, processes, round, one.block));
      }
    });
    kept.forEach(block -> block.collectInto(collected));
  }
}
