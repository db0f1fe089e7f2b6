package dev.otelscope.engine;

import dev.otelscope.engine.dialect.FlowDialect;
import dev.otelscope.engine.dialect.Observations;
import dev.otelscope.engine.observation.Observation;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.EntityObservation;
import dev.otelscope.engine.observation.Observation.EntitySeen;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.DistributionPointView;
import dev.otelscope.otlp.MalformedOtlpException;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.MetricsHandler;
import dev.otelscope.otlp.MetricsReader;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.OtlpLimits;
import dev.otelscope.otlp.TextView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one metrics request at a time into a [RequestContent]: asks the dialects in order and
/// sorts what they understood by who will apply it. Reused, by one thread at a time.
final class RequestReader {
  private final MetricsReader reader;
  private final List<FlowDialect.Reader> dialects = new ArrayList<>();
  private final Router router;
  private RequestContent content;

  RequestReader(List<FlowDialect> dialects, OtlpLimits limits, int shards, Admission admission) {
    this.reader = new MetricsReader(limits);
    this.content = new RequestContent(shards);
    this.router = new Router(shards, admission);
    dialects.forEach(dialect -> this.dialects.add(dialect.reader(router)));
  }

  /// @throws MalformedOtlpException when the bytes are no metrics request; nothing of it counts
  RequestContent read(byte[] protobuf) throws MalformedOtlpException {
    content = new RequestContent(router.shards);
    Walk walk = new Walk();
    reader.read(protobuf, walk);
    walk.endResource();
    return content;
  }

  /// Which dialect hears what.
  private final class Walk implements MetricsHandler {
    private final List<FlowDialect.Reader> ofResource = new ArrayList<>(2);
    private FlowDialect.@Nullable Reader ofScope;
    private FlowDialect.@Nullable Reader ofMetric;

    @Override
    public void onResource(AttributesView resource) {
      endResource();
      router.beginResource();
      for (FlowDialect.Reader dialect : dialects) {
        if (dialect.onResource(resource)) {
          ofResource.add(dialect);
        }
      }
    }

    @Override
    public void onScope(TextView name) {
      ofScope = null;
      for (FlowDialect.Reader dialect : ofResource) {
        if (dialect.onScope(name)) {
          ofScope = dialect;
          return;
        }
      }
    }

    @Override
    public boolean onMetric(MetricView metric) {
      ofMetric = ofScope != null && ofScope.onMetric(metric) ? ofScope : null;
      if (ofMetric == null) {
        content.countUnusedMetric();
      }
      return ofMetric != null;
    }

    @Override
    public void onNumber(NumberPointView point) {
      if (ofMetric != null) {
        content.countRead();
        ofMetric.onNumber(point);
      }
    }

    @Override
    public void onDistribution(DistributionPointView point) {
      if (ofMetric != null) {
        content.countRead();
        ofMetric.onDistribution(point);
      }
    }

    void endResource() {
      ofResource.forEach(FlowDialect.Reader::onResourceEnd);
      ofResource.clear();
    }
  }

  /// Who applies what.
  private final class Router implements Observations {
    private final int shards;
    private final Admission admission;
    private int resourceBegin;

    private Router(int shards, Admission admission) {
      this.shards = shards;
      this.admission = admission;
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
  }
}
