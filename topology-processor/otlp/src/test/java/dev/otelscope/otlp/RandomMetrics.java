package dev.otelscope.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Random;

/// Metrics requests.
final class RandomMetrics extends RandomRequests {
  RandomMetrics(Random random) {
    super(random);
  }

  @Override
  ExportMetricsServiceRequest next() {
    return ExportMetricsServiceRequest.newBuilder()
        .addAllResourceMetrics(several(3).mapToObj(i -> resourceMetrics()).toList())
        .build();
  }

  private ResourceMetrics resourceMetrics() {
    ResourceMetrics.Builder builder = ResourceMetrics.newBuilder().setSchemaUrl(text());
    if (chance(0.9)) {
      builder.setResource(resource());
    }
    return builder.addAllScopeMetrics(several(3).mapToObj(i -> scopeMetrics()).toList()).build();
  }

  private ScopeMetrics scopeMetrics() {
    ScopeMetrics.Builder builder = ScopeMetrics.newBuilder();
    if (chance(0.8)) {
      builder.setScope(scope());
    }
    return builder.addAllMetrics(several(4).mapToObj(i -> metric()).toList()).build();
  }

  private Metric metric() {
    Metric.Builder metric =
        Metric.newBuilder()
            .setName(text())
            .setDescription(text())
            .setUnit(text())
            .addAllMetadata(attributes());
    switch (random.nextInt(6)) {
      case 0 -> metric.setGauge(Gauge.newBuilder().addAllDataPoints(numbers()));
      case 1 ->
          metric.setSum(
              Sum.newBuilder()
                  .addAllDataPoints(numbers())
                  .setAggregationTemporality(temporality())
                  .setIsMonotonic(random.nextBoolean()));
      case 2 -> metric.setHistogram(histogram());
      case 3 -> metric.setExponentialHistogram(exponentialHistogram());
      case 4 ->
          metric.setSummary(
              Summary.newBuilder().addAllDataPoints(several(3).mapToObj(i -> summary()).toList()));
      default -> {} // a metric without data
    }
    return metric.build();
  }

  private List<NumberDataPoint> numbers() {
    return several(4).mapToObj(i -> number()).toList();
  }

  private NumberDataPoint number() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(whole())
            .setTimeUnixNano(whole())
            .addAllAttributes(attributes())
            .addAllExemplars(several(3).mapToObj(i -> exemplar()).toList())
            .setFlags(random.nextInt(4));
    switch (random.nextInt(5)) {
      case 0, 1 -> point.setAsInt(whole());
      case 2, 3 -> point.setAsDouble(decimal());
      default -> {} // no value
    }
    return point.build();
  }

  private Exemplar exemplar() {
    return Exemplar.newBuilder()
        .setTimeUnixNano(whole())
        .setAsInt(whole())
        .setTraceId(bytes())
        .addAllFilteredAttributes(attributes())
        .build();
  }

  private Histogram histogram() {
    Histogram.Builder histogram = Histogram.newBuilder().setAggregationTemporality(temporality());
    several(3)
        .forEach(i -> {
          HistogramDataPoint.Builder point =
              HistogramDataPoint.newBuilder()
                  .setStartTimeUnixNano(whole())
                  .setTimeUnixNano(whole())
                  .setCount(whole())
                  .addAllAttributes(attributes())
                  .addAllBucketCounts(List.of(1L, whole()))
                  .addExplicitBounds(decimal())
                  .addExemplars(exemplar())
                  .setFlags(random.nextInt(2));
          if (random.nextBoolean()) {
            point.setSum(decimal()).setMin(decimal());
          }
          histogram.addDataPoints(point);
        });
    return histogram.build();
  }

  private ExponentialHistogram exponentialHistogram() {
    ExponentialHistogram.Builder histogram =
        ExponentialHistogram.newBuilder().setAggregationTemporality(temporality());
    several(3)
        .forEach(i ->
            histogram.addDataPoints(
                ExponentialHistogramDataPoint.newBuilder()
                    .setTimeUnixNano(whole())
                    .setCount(whole())
                    .setSum(decimal())
                    .setScale(-3)
                    .setZeroThreshold(decimal())
                    .setPositive(
                        ExponentialHistogramDataPoint.Buckets.newBuilder()
                            .setOffset(-2)
                            .addAllBucketCounts(List.of(1L, 300L, whole())))
                    .addAllAttributes(attributes())
                    .setFlags(random.nextInt(2))));
    return histogram.build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .setStartTimeUnixNano(whole())
        .setCount(whole())
        .setSum(decimal())
        .addAllAttributes(attributes())
        .addQuantileValues(
            SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(decimal()))
        .build();
  }

  private AggregationTemporality temporality() {
    return AggregationTemporality.forNumber(random.nextInt(3));
  }
}
