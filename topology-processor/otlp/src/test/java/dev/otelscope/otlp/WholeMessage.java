package dev.otelscope.otlp;

/// Asks for everything that the reader has to say, as [Transcript] does, but writes nothing down:
/// for messages that are many.
final class WholeMessage implements MetricsHandler {
  private long sum;

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

  private void add(AttributesView attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      add(attributes.key(i).string().hashCode());
      add(attributes.type(i).name().hashCode());
      add(attributes.value(i).hashCode());
    }
  }

  private void add(long part) {
    sum = 31 * sum + part;
  }
}
