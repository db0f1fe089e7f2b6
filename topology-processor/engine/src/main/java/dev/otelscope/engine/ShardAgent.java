package dev.otelscope.engine;

import dev.otelscope.engine.flow.FlowResult;
import dev.otelscope.engine.flow.FlowShard;
import dev.otelscope.engine.flow.Round;
import dev.otelscope.engine.observation.Observation;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Observation.EntityObservation;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Applies batches to one shard of flows, and joins when a round asks for it.
final class ShardAgent implements Agent {
  private static final int BATCHES_PER_TURN = 64;

  private final Inbox<Batch<Observation>> inbox;
  private final FlowShard shard;

  // One round at a time: the graph agent sets `round`, this agent takes it and sets `results`.
  private final AtomicReference<@Nullable Round> round = new AtomicReference<>();
  private final AtomicReference<@Nullable List<FlowResult>> results = new AtomicReference<>();

  ShardAgent(FlowShard shard, int queuedPoints) {
    this.shard = shard;
    this.inbox = new Inbox<>(queuedPoints);
  }

  FlowShard shard() {
    return shard;
  }

  Inbox<Batch<Observation>> inbox() {
    return inbox;
  }

  /// Asks for a join; [#takeResults] has its outcome some time later. For the graph agent.
  void begin(Round request) {
    round.set(request);
  }

  /// Whether the round that was begun is done. For the graph agent.
  boolean isDone() {
    return results.get() != null;
  }

  /// The outcome of the round. For the graph agent.
  List<FlowResult> takeResults() {
    List<FlowResult> done = results.getAndSet(null);
    if (done == null) {
      throw new IllegalStateException("the round is not done");
    }
    return done;
  }

  @Override
  public int doWork() {
    int work = inbox.drain(this::apply, BATCHES_PER_TURN);
    Round request = round.getAndSet(null);
    if (request != null) {
      List<FlowResult> joined = List.of();
      try {
        shard.expire(request.nowMillis());
        joined = shard.join(request);
      } finally {
        results.set(joined); // a failure must not keep the others waiting for ever
      }
      work++;
    }
    return work;
  }

  private void apply(Batch<Observation> batch) {
    for (Observation observation : batch.observations()) {
      switch (observation) {
        case ConnectionSeen seen -> shard.apply(seen, batch.receivedMillis());
        case ConnectionsSampled sampled -> shard.apply(sampled, batch.receivedMillis());
        case ProbeHeard heard -> shard.apply(heard, batch.receivedMillis());
        case EntityObservation other ->
            throw new IllegalStateException("not for a shard: " + other);
      }
    }
  }
}
