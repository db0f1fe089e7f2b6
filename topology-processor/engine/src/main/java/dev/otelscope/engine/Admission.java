package dev.otelscope.engine;

import dev.otelscope.engine.entity.EntityIndex;
import dev.otelscope.engine.observation.Observation;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Observation.EntitySeen;
import dev.otelscope.engine.observation.Observation.EventsLost;
import dev.otelscope.engine.observation.Observation.ListenerSeen;
import dev.otelscope.engine.observation.Observation.MeasurementSeen;
import dev.otelscope.engine.observation.Observation.NameSeen;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import java.util.List;

/// Says at the door what a limit would drop inside, so that the sender can be told. What is known
/// already always gets in. For any thread.
final class Admission {
  private final List<ShardAgent> shards;
  private final EntityIndex entities;
  private final LimitTally tally;

  Admission(List<ShardAgent> shards, EntityIndex entities, LimitTally tally) {
    this.shards = shards;
    this.entities = entities;
    this.tally = tally;
  }

  boolean refuses(Observation observation) {
    boolean refused =
        switch (observation) {
          case ConnectionSeen seen ->
              shards.get(seen.side().shard(shards.size())).shard().refuses(seen.side());
          case ConnectionsSampled sampled -> false;
          case MeasurementSeen seen -> entities.refuses(seen.entity());
          case ListenerSeen seen -> entities.refuses(seen.entity());
          case EntitySeen seen -> entities.refuses(seen.description().id());
          case ProbeHeard heard -> false;
          case EventsLost lost -> false;
          case NameSeen seen -> entities.refuses(seen);
        };
    if (refused) {
      tally.add(observation.host());
    }
    return refused;
  }
}
