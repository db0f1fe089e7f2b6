package dev.otelscope.engine;

import dev.otelscope.engine.dialect.Observations;
import dev.otelscope.engine.observation.Observation;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Observation.EntityObservation;
import dev.otelscope.engine.observation.Observation.EntitySeen;
import dev.otelscope.engine.observation.Observation.ProbeHeard;

/// Sorts what dialects understand of a request by who will apply it.
final class Router implements Observations {
  private final int shards;
  private final Admission admission;
  private RequestContent content;
  private int resourceBegin;

  Router(int shards, Admission admission) {
    this.shards = shards;
    this.admission = admission;
    this.content = new RequestContent(shards);
  }

  /// A request begins.
  void beginRequest() {
    content = new RequestContent(shards);
    resourceBegin = 0;
  }

  void beginResource() {
    resourceBegin = content.entities().size();
  }

  @Override
  public void add(Observation observation) {
    if (observation.points() > 0 && admission.refuses(observation)) {
      content.countOverLimit();
      return;
    }
    content.countTaken(observation.points());
    switch (observation) {
      case ConnectionSeen seen -> content.flows(seen.side().shard(shards)).add(seen);
      case ConnectionsSampled sampled -> content.flows(sampled.side().shard(shards)).add(sampled);
      case ProbeHeard heard -> {
        content.entities().add(heard);
        for (int shard = 0; shard < shards; shard++) {
          content.flows(shard).add(heard);
        }
      }
      // Told last, when all its points are known, but needed by them
      case EntitySeen seen -> content.entities().add(resourceBegin, seen);
      case EntityObservation other -> content.entities().add(other);
    }
  }

  @Override
  public void unusable(String why) {
    content.countUnusable(why);
  }

  @Override
  public void empty() {
    content.countEmpty();
  }

  /// What the present request has said so far.
  RequestContent content() {
    return content;
  }
}
