package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Adds up what arrives, as a backend without any mercy would: no two deltas of a series may
/// overlap.
final class AddedUp {
  private record Stretch(long start, long end, double value, double seconds) {}

  private final Map<List<Object>, Map<Long, Stretch>> cumulative = new HashMap<>();
  private final Map<List<Object>, Stretch> deltas = new HashMap<>();

  void accept(Collection<MetricData> batch) {
    for (MetricData metric : batch) {
      for (PointData point : metric.getData().getPoints()) {
        List<Object> series =
            List.of(metric.getName(), metric.getResource().getAttributes(), point.getAttributes());
        Stretch stretch = stretch(point);
        if (isDelta(metric)) {
          deltas.merge(series, stretch, AddedUp::follow);
        } else {
          cumulative.computeIfAbsent(series, absent -> new HashMap<>()).put(stretch.start, stretch);
        }
      }
    }
  }

  /// The total of all series of a counter, or the count of a histogram.
  double sum(String metric) {
    return cumulative.entrySet().stream()
            .filter(entry -> entry.getKey().getFirst().equals(metric))
            .flatMap(entry -> entry.getValue().values().stream())
            .mapToDouble(Stretch::value)
            .sum()
        + deltas.entrySet().stream()
            .filter(entry -> entry.getKey().getFirst().equals(metric))
            .mapToDouble(entry -> entry.getValue().value)
            .sum();
  }

  /// The sum of all histograms.
  double seconds() {
    return cumulative.values().stream()
            .flatMap(starts -> starts.values().stream())
            .mapToDouble(Stretch::seconds)
            .sum()
        + deltas.values().stream().mapToDouble(Stretch::seconds).sum();
  }

  private static Stretch follow(Stretch before, Stretch next) {
    assertThat(next.start).as("begins after the last one ended").isGreaterThanOrEqualTo(before.end);
    return new Stretch(
        before.start, next.end, before.value + next.value, before.seconds + next.seconds);
  }

  private static boolean isDelta(MetricData metric) {
    AggregationTemporality temporality =
        metric.getType() == MetricDataType.EXPONENTIAL_HISTOGRAM
            ? metric.getExponentialHistogramData().getAggregationTemporality()
            : metric.getData() instanceof SumData<?> sum
                ? sum.getAggregationTemporality()
                : AggregationTemporality.CUMULATIVE;
    return temporality == AggregationTemporality.DELTA;
  }

  private static Stretch stretch(PointData point) {
    assertThat(point.getStartEpochNanos()).isLessThan(point.getEpochNanos());
    double value =
        switch (point) {
          case LongPointData number -> number.getValue();
          case DoublePointData number -> number.getValue();
          case ExponentialHistogramPointData histogram -> histogram.getCount();
          default -> throw new IllegalArgumentException("a point of another kind: " + point);
        };
    double seconds =
        point instanceof ExponentialHistogramPointData histogram ? histogram.getSum() : 0;
    return new Stretch(point.getStartEpochNanos(), point.getEpochNanos(), value, seconds);
  }
}
