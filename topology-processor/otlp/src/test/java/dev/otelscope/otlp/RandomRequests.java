package dev.otelscope.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
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
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Small metrics requests with everything in them that OTLP has.
final class RandomRequests {
  private static final Pattern ID = Pattern.compile("\"(traceId|spanId)\": \"([^\"]*)\"");
  private static final List<String> KEYS =
      List.of(
          "",
          "a",
          "client.address",
          "server.address",
          "server.port",
          "otelscope.tuple.client.address",
          "otelscope.tuple.server.address",
          "größe",
          "日本語のキー");
  private static final List<String> TEXTS =
      List.of("", "true", "443", "-17", "10.244.1.12", "fd00::10", "ünïcode", "🙂", "\"quoted\"\n");
  private static final long[] WHOLES = {
    0, 1, -1, 127, 128, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] DECIMALS = {
    0, -0.0, 1.5, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };

  private final Random random;

  RandomRequests(Random random) {
    this.random = random;
  }

  ExportMetricsServiceRequest next() {
    return ExportMetricsServiceRequest.newBuilder()
        .addAllResourceMetrics(several(3).mapToObj(i -> resourceMetrics()).toList())
        .build();
  }

  /// A request in OTLP's JSON, which is protobuf's but for the ids.
  static String json(ExportMetricsServiceRequest request) throws InvalidProtocolBufferException {
    return ID.matcher(JsonFormat.printer().print(request))
        .replaceAll(match -> {
          byte[] id = Base64.getDecoder().decode(match.group(2));
          return "\"%s\": \"%s\"".formatted(match.group(1), HexFormat.of().formatHex(id));
        });
  }

  private ResourceMetrics resourceMetrics() {
    ResourceMetrics.Builder builder = ResourceMetrics.newBuilder().setSchemaUrl(text());
    if (chance(0.9)) {
      builder.setResource(
          Resource.newBuilder().addAllAttributes(attributes()).setDroppedAttributesCount(1));
    }
    return builder.addAllScopeMetrics(several(3).mapToObj(i -> scopeMetrics()).toList()).build();
  }

  private ScopeMetrics scopeMetrics() {
    ScopeMetrics.Builder builder = ScopeMetrics.newBuilder();
    if (chance(0.8)) {
      builder.setScope(
          InstrumentationScope.newBuilder().setName(text()).addAllAttributes(attributes()));
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

  private List<KeyValue> attributes() {
    return several(7).mapToObj(i -> pair(3)).toList();
  }

  private KeyValue pair(int depth) {
    KeyValue.Builder pair = KeyValue.newBuilder().setKey(pick(KEYS));
    if (chance(0.95)) {
      pair.setValue(value(depth));
    }
    return pair.build();
  }

  private AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0, 1, 2 -> value.setStringValue(text());
      case 3 -> value.setBoolValue(random.nextBoolean());
      case 4 -> value.setIntValue(whole());
      case 5 -> value.setDoubleValue(decimal());
      case 6 -> value.setBytesValue(bytes());
      case 7 -> {} // no value
      case 8 ->
          value.setArrayValue(
              ArrayValue.newBuilder()
                  .addAllValues(several(3).mapToObj(i -> value(depth - 1)).toList()));
      default ->
          value.setKvlistValue(
              KeyValueList.newBuilder()
                  .addAllValues(several(3).mapToObj(i -> pair(depth - 1)).toList()));
    }
    return value.build();
  }

  private AggregationTemporality temporality() {
    return AggregationTemporality.forNumber(random.nextInt(3));
  }

  private ByteString bytes() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private String text() {
    return pick(TEXTS);
  }

  private long whole() {
    return WHOLES[random.nextInt(WHOLES.length)];
  }

  private double decimal() {
    return DECIMALS[random.nextInt(DECIMALS.length)];
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private IntStream several(int bound) {
    return IntStream.range(0, random.nextInt(bound));
  }
}
