package dev.otelscope.engine;

import dev.otelscope.engine.assembly.Assembler;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.engine.dialect.Dialects;
import dev.otelscope.engine.entity.EntityIndex;
import dev.otelscope.engine.flow.FlowSettings;
import dev.otelscope.engine.flow.FlowShard;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSource;
import dev.otelscope.otlp.OtlpLimits;
import dev.otelscope.otlp.SignalScan;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Makes the graph from OTLP: bytes go into [#ingest], the graph comes out of [#graph].
public final class Engine implements AutoCloseable {
  private static final int EPOCH_BITS = 30;

  private final EngineCounters counters = new EngineCounters();
  private final GraphPublisher publisher = new GraphPublisher();
  private final List<ShardAgent> shards = new ArrayList<>();
  private final List<AgentRunner> runners = new ArrayList<>();
  private final GraphAgent graphAgent;
  private final Ingest ingest;

  private Engine(EngineConfig config, Clock clock) {
    EngineConfig.Limits limits = config.limits();
    FlowSettings settings =
        new FlowSettings(
            config.edgeWindow().toMillis(),
            config.seriesTimeToLive().toMillis(),
            share(limits.seriesPerProducer(), config.shards()),
            share(limits.series(), config.shards()));
    for (int i = 0; i < config.shards(); i++) {
      shards.add(new ShardAgent(new FlowShard(settings, counters), config.queuedPoints()));
    }
    EntityIndex index =
        new EntityIndex(config.seriesTimeToLive().toMillis(), limits.entities(), counters);
    LimitTally tally = new LimitTally();
    Assembler assembler = new Assembler(newEpoch(), counters);
    graphAgent = new GraphAgent(clock, config, index, shards, assembler, publisher, tally);

    OtlpLimits bounds =
        new OtlpLimits(
            OtlpLimits.DEFAULT.nesting(),
            limits.attributes(),
            limits.attributeLength(),
            OtlpLimits.DEFAULT.exemplars());
    Admission admission = new Admission(shards, index, tally);
    ingest =
        new Ingest(
            counters,
            clock,
            graphAgent,
            shards,
            () ->
                new RequestReader(Dialects.ALL, Dialects.LOGS, bounds, config.shards(), admission),
            () -> new SignalScan(bounds));
  }

  /// An engine that runs on threads of its own until it is closed.
  public static Engine start(EngineConfig config, Clock clock) {
    Engine engine = new Engine(config, clock);
    engine.runners.add(new AgentRunner("engine-graph", engine.graphAgent));
    for (int i = 0; i < engine.shards.size(); i++) {
      engine.runners.add(new AgentRunner("engine-shard-" + i, engine.shards.get(i)));
    }
    engine.runners.forEach(AgentRunner::start);
    return engine;
  }

  /// An engine without threads: its owner calls [#doWork], always from the same thread.
  public static Engine withoutThreads(EngineConfig config, Clock clock) {
    return new Engine(config, clock);
  }

  /// Does what is to be done now, up to publishing the graph when the interval is over. Only for an
  /// engine without threads.
  ///
  /// @return how much that was; 0 when nothing is left
  public int doWork() {
    if (!runners.isEmpty()) {
      throw new IllegalStateException("this engine has threads of its own");
    }
    int total = 0;
    int work;
    do {
      work = 0;
      for (ShardAgent shard : shards) {
        work += shard.doWork();
      }
      work += graphAgent.doWork();
      total += work;
    } while (work > 0);
    return total;
  }

  public Ingest ingest() {
    return ingest;
  }

  public GraphSource graph() {
    return publisher;
  }

  public EngineCounters counters() {
    return counters;
  }

  /// Ends the threads. The last graph stays readable.
  @Override
  public void close() {
    runners.forEach(AgentRunner::close);
  }

  /// Half as much again as an even share, since hashes spread unevenly; exact for one shard.
  private static int share(int limit, int shards) {
    return shards == 1 ? limit : (int) Math.min(Integer.MAX_VALUE, limit * 3L / 2 / shards + 1);
  }

  private static String newEpoch() {
    return Integer.toString(new SecureRandom().nextInt(1 << EPOCH_BITS), Character.MAX_RADIX);
  }
}
