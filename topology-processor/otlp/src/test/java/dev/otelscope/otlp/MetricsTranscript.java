package dev.otelscope.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;

/// What is said about a metrics request.
final class MetricsTranscript extends Transcript implements MetricsHandler {

  // What the reader says

  @Override
  public void onResource(AttributesView resource) {
    line("resource", attributes(resource));
  }

  @Override
  public void onScope(TextView name) {
    line("scope", name.string());
  }

  @Override
  public boolean onMetric(MetricView metric) {
    line(
        "metric",
        metric.name().string(),
        metric.unit().string(),
        metric.kind(),
        metric.temporality(),
        metric.isMonotonic());
    return true;
  }

  @Override
  public void onNumber(NumberPointView point) {
    line(
        "number",
        point.startTimeNanos(),
        point.timeNanos(),
        point.hasNoValue(),
        point.isDecimal(),
        point.whole(),
        point.decimal(),
        attributes(point.attributes()));
    for (int i = 0; i < point.exemplars(); i++) {
      line("exemplar", attributes(point.exemplarAttributes(i)));
    }
  }

  @Override
  public void onDistribution(DistributionPointView point) {
    line(
        "distribution",
        point.startTimeNanos(),
        point.timeNanos(),
        point.hasNoValue(),
        point.count(),
        point.sum(),
        attributes(point.attributes()));
  }

  // What follows from protobuf's object

  void add(ExportMetricsServiceRequest request) {
    request
        .getResourceMetricsList()
        .forEach(resourceMetrics -> {
          line("resource", attributes(resourceMetrics.getResource().getAttributesList()));
          resourceMetrics
              .getScopeMetricsList()
              .forEach(scopeMetrics -> {
                line("scope", scopeMetrics.getScope().getName());
                scopeMetrics.getMetricsList().forEach(this::add);
              });
        });
  }

  private void add(Metric metric) {
    switch (metric.getDataCase()) {
      case GAUGE -> {
        head(metric, MetricView.Kind.GAUGE, 0, false);
        metric.getGauge().getDataPointsList().forEach(this::add);
      }
      case SUM -> {
        head(
            metric,
            MetricView.Kind.SUM,
            metric.getSum().getAggregationTemporalityValue(),
            metric.getSum().getIsMonotonic());
        metric.getSum().getDataPointsList().forEach(this::add);
      }
      case HISTOGRAM -> {
        head(
            metric,
            MetricView.Kind.HISTOGRAM,
            metric.getHistogram().getAggregationTemporalityValue(),
            false);
        metric.getHistogram().getDataPointsList().forEach(this::add);
      }
      case EXPONENTIAL_HISTOGRAM -> {
        head(
            metric,
            MetricView.Kind.EXPONENTIAL_HISTOGRAM,
            metric.getExponentialHistogram().getAggregationTemporalityValue(),
            false);
        metric.getExponentialHistogram().getDataPointsList().forEach(this::add);
      }
      case SUMMARY -> {
        head(metric, MetricView.Kind.SUMMARY, 0, false);
        metric.getSummary().getDataPointsList().forEach(this::add);
      }
      case DATA_NOT_SET -> {}
    }
  }

  private void head(Metric metric, MetricView.Kind kind, int temporality, boolean monotonic) {
    MetricView.Temporality known =
        switch (temporality) {
          case 1 -> MetricView.Temporality.DELTA;
          case 2 -> MetricView.Temporality.CUMULATIVE;
          default -> MetricView.Temporality.UNSPECIFIED;
        };
    line("metric", metric.getName(), metric.getUnit(), kind, known, monotonic);
  }

  private void add(NumberDataPoint point) {
    boolean isDecimal = point.hasAsDouble();
    line(
        "number",
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        (point.getFlags() & 1) != 0 || !(point.hasAsDouble() || point.hasAsInt()),
        isDecimal,
        isDecimal ? (long) point.getAsDouble() : point.getAsInt(),
        isDecimal ? point.getAsDouble() : (double) point.getAsInt(),
        attributes(point.getAttributesList()));
    point
        .getExemplarsList()
        .forEach(exemplar -> line("exemplar", attributes(exemplar.getFilteredAttributesList())));
  }

  private void add(HistogramDataPoint point) {
    distribution(
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getFlags(),
        point.getCount(),
        point.hasSum() ? point.getSum() : Double.NaN,
        point.getAttributesList());
  }

  private void add(ExponentialHistogramDataPoint point) {
    distribution(
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getFlags(),
        point.getCount(),
        point.hasSum() ? point.getSum() : Double.NaN,
        point.getAttributesList());
  }

  private void add(SummaryDataPoint point) {
    distribution(
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getFlags(),
        point.getCount(),
        point.getSum(),
        point.getAttributesList());
  }

  private void distribution(
      long start, long time, int flags, long count, double sum, List<KeyValue> pairs) {
    line("distribution", start, time, (flags & 1) != 0, count, sum, attributes(pairs));
  }
}
