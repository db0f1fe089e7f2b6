package dev.otelscope.otlp;

/// Asks for everything that a reader of metrics has to say, as [MetricsTranscript] does.
final class WholeMetrics extends Whole implements MetricsHandler {

  @Override
  public void onResource(AttributesView resource) {
    add(resource);
  }

  @Override
  public void onScope(TextView name) {
    add(name.string().hashCode());
  }

  @Override
  public boolean onMetric(MetricView metric) {
    add(metric.name().string().hashCode());
    add(metric.unit().string().hashCode());
    add(metric.kind().name().hashCode());
    add(metric.temporality().name().hashCode());
    add(Boolean.hashCode(metric.isMonotonic()));
    return true;
  }

  @Override
  public void onNumber(NumberPointView point) {
    add(point.startTimeNanos());
    add(point.timeNanos());
    add(Boolean.hashCode(point.hasNoValue()));
    add(Boolean.hashCode(point.isDecimal()));
    add(point.whole());
    add(Double.hashCode(point.decimal()));
    add(point.attributes());
    for (int i = 0; i < point.exemplars(); i++) {
      add(point.exemplarAttributes(i));
    }
  }

  @Override
  public void onDistribution(DistributionPointView point) {
    add(point.startTimeNanos());
    add(point.timeNanos());
    add(Boolean.hashCode(point.hasNoValue()));
    add(point.count());
    add(Double.hashCode(point.sum()));
    add(point.attributes());
  }
}
