package dev.otelscope.engine;

import dev.otelscope.engine.dialect.FlowDialect;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.DistributionPointView;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.MetricsHandler;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.TextView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over one request of metrics: which dialect hears what.
final class MetricsWalk implements MetricsHandler {
  private final List<FlowDialect.Reader> dialects;
  private final Router router;
  private final List<FlowDialect.Reader> ofResource = new ArrayList<>(2);
  private FlowDialect.@Nullable Reader ofScope;
  private FlowDialect.@Nullable Reader ofMetric;

  MetricsWalk(List<FlowDialect.Reader> dialects, Router router) {
    this.dialects = dialects;
    this.router = router;
  }

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
      router.content().countUnusedMetric();
    }
    return ofMetric != null;
  }

  @Override
  public void onNumber(NumberPointView point) {
    if (ofMetric != null) {
      router.content().countRead();
      ofMetric.onNumber(point);
    }
  }

  @Override
  public void onDistribution(DistributionPointView point) {
    if (ofMetric != null) {
      router.content().countRead();
      ofMetric.onDistribution(point);
    }
  }

  void endResource() {
    ofResource.forEach(FlowDialect.Reader::onResourceEnd);
    ofResource.clear();
  }
}
