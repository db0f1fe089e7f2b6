package dev.otelscope.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.AttributeValue;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that is said about a metrics request, as text: once what the reader says of its
/// bytes, once what follows from protobuf's object.
final class Transcript implements MetricsHandler {
  private static final JsonFactory JSON = new JsonFactory();

  private final StringBuilder text = new StringBuilder();

  void clear() {
    text.setLength(0);
  }

  @Override
  public String toString() {
    return text.toString();
  }

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

  private static Map<String, String> attributes(AttributesView view) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < view.size(); i++) {
      attributes.put(view.key(i).string(), view.type(i) + " " + view.value(i));
    }
    return attributes;
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

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (KeyValue pair : pairs) {
      attributes.put(pair.getKey(), type(pair.getValue()) + " " + value(pair.getValue()));
    }
    return attributes;
  }

  private static AttributesView.ValueType type(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> AttributesView.ValueType.TEXT;
      case BOOL_VALUE -> AttributesView.ValueType.TRUTH;
      case INT_VALUE -> AttributesView.ValueType.WHOLE;
      case DOUBLE_VALUE -> AttributesView.ValueType.DECIMAL;
      case ARRAY_VALUE -> AttributesView.ValueType.LISTING;
      case KVLIST_VALUE -> AttributesView.ValueType.MAP;
      case BYTES_VALUE -> AttributesView.ValueType.BYTES;
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> AttributesView.ValueType.EMPTY;
    };
  }

  private static AttributeValue value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> AttributeValue.of(value.getStringValue());
      case BOOL_VALUE -> AttributeValue.of(value.getBoolValue());
      case INT_VALUE -> AttributeValue.of(value.getIntValue());
      case DOUBLE_VALUE -> AttributeValue.of(value.getDoubleValue());
      case ARRAY_VALUE ->
          new AttributeValue.Listing(
              value.getArrayValue().getValuesList().stream().map(Transcript::value).toList());
      case KVLIST_VALUE -> AttributeValue.of(json(value));
      case BYTES_VALUE ->
          AttributeValue.of(
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> AttributeValue.of("");
    };
  }

  private static String json(AnyValue value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(AnyValue value, JsonGenerator json) throws IOException {
    switch (value.getValueCase()) {
      case STRING_VALUE -> json.writeString(value.getStringValue());
      case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
      case INT_VALUE -> json.writeNumber(value.getIntValue());
      case DOUBLE_VALUE -> json.writeNumber(value.getDoubleValue());
      case BYTES_VALUE -> json.writeBinary(value.getBytesValue().toByteArray());
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> json.writeNull();
      case ARRAY_VALUE -> {
        json.writeStartArray();
        for (AnyValue item : value.getArrayValue().getValuesList()) {
          write(item, json);
        }
        json.writeEndArray();
      }
      case KVLIST_VALUE -> {
        Map<String, AnyValue> entries = new LinkedHashMap<>();
        value.getKvlistValue().getValuesList().forEach(e -> entries.put(e.getKey(), e.getValue()));
        json.writeStartObject();
        for (Map.Entry<String, AnyValue> entry : entries.entrySet()) {
          json.writeFieldName(entry.getKey());
          write(entry.getValue(), json);
        }
        json.writeEndObject();
      }
    }
  }

  private void line(Object... parts) {
    for (Object part : parts) {
      text.append(part).append(' ');
    }
    text.append('\n');
  }
}
