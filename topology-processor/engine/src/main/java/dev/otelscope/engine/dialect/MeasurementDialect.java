package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.MetricView.Kind;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.TextView;
import org.jspecify.annotations.Nullable;

/// Any metric whose resource names an entity that is known from elsewhere is a measurement of that
/// entity: whoever speaks OTLP can add to the map.
final class MeasurementDialect implements FlowDialect {

  @Override
  public Reader reader(Observations sink) {
    return new MeasurementsOfEntities(sink);
  }

  private static final class MeasurementsOfEntities implements Reader {
    private final Observations sink;
    private final ResourceReader resources = new ResourceReader();
    private final MeasurementReader measurements = new MeasurementReader();
    private @Nullable Description entity;

    private MeasurementsOfEntities(Observations sink) {
      this.sink = sink;
    }

    @Override
    public boolean onResource(AttributesView resource) {
      entity = resources.read(resource);
      return entity != null;
    }

    @Override
    public boolean onScope(TextView name) {
      return true;
    }

    @Override
    public boolean onMetric(MetricView metric) {
      measurements.onMetric(metric);
      return metric.kind() == Kind.GAUGE || metric.kind() == Kind.SUM;
    }

    @Override
    public void onNumber(NumberPointView point) {
      Description of = entity;
      if (of == null) {
        throw new IllegalStateException("a point before its resource");
      }
      if (point.hasNoValue()) {
        sink.empty();
      } else if (point.timeNanos() == 0) {
        sink.unusable("a point must say its time");
      } else {
        sink.add(measurements.read(of, point));
      }
    }

    @Override
    public void onResourceEnd() {
      entity = null;
    }
  }
}
