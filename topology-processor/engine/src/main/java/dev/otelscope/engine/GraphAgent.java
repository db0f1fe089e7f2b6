package dev.otelscope.engine;

import dev.otelscope.engine.assembly.Assembler;
import dev.otelscope.engine.entity.EntityChanges;
import dev.otelscope.engine.entity.EntityIndex;
import dev.otelscope.engine.flow.FlowResult;
import dev.otelscope.engine.flow.Round;
import dev.otelscope.engine.observation.Observation.EntityObservation;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphPublisher;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies batches to the entities, and publishes the graph in rounds: the address book goes to all
/// shards, what they join with it comes back, and what changed by that becomes one revision.
final class GraphAgent implements Agent {
  private static final int BATCHES_PER_TURN = 64;

  private final Clock clock;
  private final long intervalMillis;
  private final EntityIndex index;
  private final List<ShardAgent> shards;
  private final Assembler assembler;
  private final GraphPublisher publisher;
  private final LimitTally limits;
  private final Inbox<Batch<EntityObservation>> inbox;

  private long lastRoundMillis = Long.MIN_VALUE;
  private @Nullable EntityChanges changes; // of the round that is under way

  GraphAgent(
      Clock clock,
      EngineConfig config,
      EntityIndex index,
      List<ShardAgent> shards,
      Assembler assembler,
      GraphPublisher publisher,
      LimitTally limits) {
    this.clock = clock;
    this.intervalMillis = config.publishInterval().toMillis();
    this.index = index;
    this.shards = shards;
    this.assembler = assembler;
    this.publisher = publisher;
    this.limits = limits;
    this.inbox = new Inbox<>(config.queuedPoints());
  }

  Inbox<Batch<EntityObservation>> inbox() {
    return inbox;
  }

  @Override
  public int doWork() {
    int work = inbox.drain(this::apply, BATCHES_PER_TURN);
    EntityChanges underWay = changes;
    if (underWay == null) {
      return work + beginRound();
    }
    if (shards.stream().allMatch(ShardAgent::isDone)) {
      changes = null;
      publish(underWay);
      work++;
    }
    return work;
  }

  private void apply(Batch<EntityObservation> batch) {
    for (EntityObservation observation : batch.observations()) {
      index.apply(observation, batch.receivedMillis());
    }
  }

  private int beginRound() {
    long now = clock.millis();
    boolean wentBack = now < lastRoundMillis;
    if (lastRoundMillis != Long.MIN_VALUE && now - lastRoundMillis < intervalMillis && !wentBack) {
      return 0;
    }
    lastRoundMillis = now;
    limits.forEachChange(
        (host, points) -> index.overLimit(host, points, "connections and entities", now));
    index.expire(now);
    EntityChanges drained = index.drain();
    changes = drained;
    Round round =
        new Round(
            now,
            drained.book(),
            drained.changedAddresses(),
            drained.kinChanged(),
            drained.silent());
    shards.forEach(shard -> shard.begin(round));
    return 1;
  }

  private void publish(EntityChanges drained) {
    List<FlowResult> results = new ArrayList<>();
    shards.forEach(shard -> results.addAll(shard.takeResults()));
    Instant now = Instant.ofEpochMilli(lastRoundMillis);
    GraphDelta delta = assembler.assemble(drained, results, now);
    if (!delta.isEmpty()) {
      publisher.publish(delta);
    }
  }
}
