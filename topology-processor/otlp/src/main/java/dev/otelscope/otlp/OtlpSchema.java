package dev.otelscope.otlp;

import static dev.otelscope.otlp.FieldKind.BOOL;
import static dev.otelscope.otlp.FieldKind.BYTES;
import static dev.otelscope.otlp.FieldKind.DOUBLE;
import static dev.otelscope.otlp.FieldKind.FIXED32;
import static dev.otelscope.otlp.FieldKind.FIXED64;
import static dev.otelscope.otlp.FieldKind.ID;
import static dev.otelscope.otlp.FieldKind.INT32;
import static dev.otelscope.otlp.FieldKind.INT64;
import static dev.otelscope.otlp.FieldKind.SFIXED64;
import static dev.otelscope.otlp.FieldKind.SINT32;
import static dev.otelscope.otlp.FieldKind.STRING;
import static dev.otelscope.otlp.FieldKind.UINT32;
import static dev.otelscope.otlp.FieldKind.UINT64;
import static dev.otelscope.otlp.MessageType.named;
import static dev.otelscope.otlp.MessageType.nestingNamed;
import static dev.otelscope.otlp.MessageType.recordNamed;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The messages of OTLP: metrics, logs, traces, with all their fields.
///
/// Source: `opentelemetry-proto` 1.11, held against its descriptors by a test.
final class OtlpSchema {

  static final MessageType ANY_VALUE = named("AnyValue");
  static final MessageType ARRAY_VALUE = nestingNamed("ArrayValue").many(1, "values", ANY_VALUE);
  static final MessageType KEY_VALUE =
      named("KeyValue")
          .one(1, "key", STRING)
          .one(2, "value", ANY_VALUE)
          .one(3, "key_strindex", INT32);
  static final MessageType KEY_VALUE_LIST =
      nestingNamed("KeyValueList").many(1, "values", KEY_VALUE);

  static {
    ANY_VALUE
        .one(1, "string_value", STRING)
        .one(2, "bool_value", BOOL)
        .one(3, "int_value", INT64)
        .one(4, "double_value", DOUBLE)
        .one(5, "array_value", ARRAY_VALUE)
        .one(6, "kvlist_value", KEY_VALUE_LIST)
        .one(7, "bytes_value", BYTES)
        .one(8, "string_value_strindex", INT32);
  }

  static final MessageType SCOPE =
      named("InstrumentationScope")
          .one(1, "name", STRING)
          .one(2, "version", STRING)
          .many(3, "attributes", KEY_VALUE)
          .one(4, "dropped_attributes_count", UINT32);

  static final MessageType ENTITY_REF =
      named("EntityRef")
          .one(1, "schema_url", STRING)
          .one(2, "type", STRING)
          .many(3, "id_keys", STRING)
          .many(4, "description_keys", STRING);

  static final MessageType RESOURCE =
      named("Resource")
          .many(1, "attributes", KEY_VALUE)
          .one(2, "dropped_attributes_count", UINT32)
          .many(3, "entity_refs", ENTITY_REF);

  // Metrics

  private static final List<String> TEMPORALITY =
      List.of(
          "AGGREGATION_TEMPORALITY_UNSPECIFIED",
          "AGGREGATION_TEMPORALITY_DELTA",
          "AGGREGATION_TEMPORALITY_CUMULATIVE");

  static final MessageType EXEMPLAR =
      named("Exemplar")
          .one(2, "time_unix_nano", FIXED64)
          .one(3, "as_double", DOUBLE)
          .one(4, "span_id", ID)
          .one(5, "trace_id", ID)
          .one(6, "as_int", SFIXED64)
          .many(7, "filtered_attributes", KEY_VALUE);

  static final MessageType NUMBER_DATA_POINT =
      recordNamed("NumberDataPoint")
          .one(2, "start_time_unix_nano", FIXED64)
          .one(3, "time_unix_nano", FIXED64)
          .one(4, "as_double", DOUBLE)
          .many(5, "exemplars", EXEMPLAR)
          .one(6, "as_int", SFIXED64)
          .many(7, "attributes", KEY_VALUE)
          .one(8, "flags", UINT32);

  static final MessageType HISTOGRAM_DATA_POINT =
      recordNamed("HistogramDataPoint")
          .one(2, "start_time_unix_nano", FIXED64)
          .one(3, "time_unix_nano", FIXED64)
          .one(4, "count", FIXED64)
          .one(5, "sum", DOUBLE)
          .many(6, "bucket_counts", FIXED64)
          .many(7, "explicit_bounds", DOUBLE)
          .many(8, "exemplars", EXEMPLAR)
          .many(9, "attributes", KEY_VALUE)
          .one(10, "flags", UINT32)
          .one(11, "min", DOUBLE)
          .one(12, "max", DOUBLE);

  static final MessageType BUCKETS =
      named("Buckets").one(1, "offset", SINT32).many(2, "bucket_counts", UINT64);

  static final MessageType EXPONENTIAL_HISTOGRAM_DATA_POINT =
      recordNamed("ExponentialHistogramDataPoint")
          .many(1, "attributes", KEY_VALUE)
          .one(2, "start_time_unix_nano", FIXED64)
          .one(3, "time_unix_nano", FIXED64)
          .one(4, "count", FIXED64)
          .one(5, "sum", DOUBLE)
          .one(6, "scale", SINT32)
          .one(7, "zero_count", FIXED64)
          .one(8, "positive", BUCKETS)
          .one(9, "negative", BUCKETS)
          .one(10, "flags", UINT32)
          .many(11, "exemplars", EXEMPLAR)
          .one(12, "min", DOUBLE)
          .one(13, "max", DOUBLE)
          .one(14, "zero_threshold", DOUBLE);

  static final MessageType SUMMARY_DATA_POINT =
      recordNamed("SummaryDataPoint")
          .one(2, "start_time_unix_nano", FIXED64)
          .one(3, "time_unix_nano", FIXED64)
          .one(4, "count", FIXED64)
          .one(5, "sum", DOUBLE)
          .many(
              6,
              "quantile_values",
              named("ValueAtQuantile").one(1, "quantile", DOUBLE).one(2, "value", DOUBLE))
          .many(7, "attributes", KEY_VALUE)
          .one(8, "flags", UINT32);

  static final MessageType GAUGE = named("Gauge").many(1, "data_points", NUMBER_DATA_POINT);

  static final MessageType SUM =
      named("Sum")
          .many(1, "data_points", NUMBER_DATA_POINT)
          .one(2, "aggregation_temporality", TEMPORALITY)
          .one(3, "is_monotonic", BOOL);

  static final MessageType HISTOGRAM =
      named("Histogram")
          .many(1, "data_points", HISTOGRAM_DATA_POINT)
          .one(2, "aggregation_temporality", TEMPORALITY);

  static final MessageType EXPONENTIAL_HISTOGRAM =
      named("ExponentialHistogram")
          .many(1, "data_points", EXPONENTIAL_HISTOGRAM_DATA_POINT)
          .one(2, "aggregation_temporality", TEMPORALITY);

  static final MessageType SUMMARY = named("Summary").many(1, "data_points", SUMMARY_DATA_POINT);

  static final MessageType METRIC =
      named("Metric")
          .one(1, "name", STRING)
          .one(2, "description", STRING)
          .one(3, "unit", STRING)
          .one(5, "gauge", GAUGE)
          .one(7, "sum", SUM)
          .one(9, "histogram", HISTOGRAM)
          .one(10, "exponential_histogram", EXPONENTIAL_HISTOGRAM)
          .one(11, "summary", SUMMARY)
          .many(12, "metadata", KEY_VALUE);

  static final MessageType SCOPE_METRICS =
      named("ScopeMetrics")
          .one(1, "scope", SCOPE)
          .many(2, "metrics", METRIC)
          .one(3, "schema_url", STRING);

  static final MessageType RESOURCE_METRICS =
      named("ResourceMetrics")
          .one(1, "resource", RESOURCE)
          .many(2, "scope_metrics", SCOPE_METRICS)
          .one(3, "schema_url", STRING);

  static final MessageType METRICS_REQUEST =
      named("ExportMetricsServiceRequest").many(1, "resource_metrics", RESOURCE_METRICS);

  // Logs

  private static final List<String> SEVERITY =
      Stream.concat(
              Stream.of("SEVERITY_NUMBER_UNSPECIFIED"),
              Stream.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
                  .flatMap(level ->
                      IntStream.rangeClosed(1, 4)
                          .mapToObj(i -> "SEVERITY_NUMBER_" + level + (i == 1 ? "" : i))))
          .toList();

  static final MessageType LOG_RECORD =
      recordNamed("LogRecord")
          .one(1, "time_unix_nano", FIXED64)
          .one(2, "severity_number", SEVERITY)
          .one(3, "severity_text", STRING)
          .one(5, "body", ANY_VALUE)
          .many(6, "attributes", KEY_VALUE)
          .one(7, "dropped_attributes_count", UINT32)
          .one(8, "flags", FIXED32)
          .one(9, "trace_id", ID)
          .one(10, "span_id", ID)
          .one(11, "observed_time_unix_nano", FIXED64)
          .one(12, "event_name", STRING);

  static final MessageType SCOPE_LOGS =
      named("ScopeLogs")
          .one(1, "scope", SCOPE)
          .many(2, "log_records", LOG_RECORD)
          .one(3, "schema_url", STRING);

  static final MessageType RESOURCE_LOGS =
      named("ResourceLogs")
          .one(1, "resource", RESOURCE)
          .many(2, "scope_logs", SCOPE_LOGS)
          .one(3, "schema_url", STRING);

  static final MessageType LOGS_REQUEST =
      named("ExportLogsServiceRequest").many(1, "resource_logs", RESOURCE_LOGS);

  // Traces

  private static final List<String> SPAN_KIND =
      Stream.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER")
          .map(kind -> "SPAN_KIND_" + kind)
          .toList();

  static final MessageType SPAN =
      recordNamed("Span")
          .one(1, "trace_id", ID)
          .one(2, "span_id", ID)
          .one(3, "trace_state", STRING)
          .one(4, "parent_span_id", ID)
          .one(5, "name", STRING)
          .one(6, "kind", SPAN_KIND)
          .one(7, "start_time_unix_nano", FIXED64)
          .one(8, "end_time_unix_nano", FIXED64)
          .many(9, "attributes", KEY_VALUE)
          .one(10, "dropped_attributes_count", UINT32)
          .many(
              11,
              "events",
              named("Event")
                  .one(1, "time_unix_nano", FIXED64)
                  .one(2, "name", STRING)
                  .many(3, "attributes", KEY_VALUE)
                  .one(4, "dropped_attributes_count", UINT32))
          .one(12, "dropped_events_count", UINT32)
          .many(
              13,
              "links",
              named("Link")
                  .one(1, "trace_id", ID)
                  .one(2, "span_id", ID)
                  .one(3, "trace_state", STRING)
                  .many(4, "attributes", KEY_VALUE)
                  .one(5, "dropped_attributes_count", UINT32)
                  .one(6, "flags", FIXED32))
          .one(14, "dropped_links_count", UINT32)
          .one(
              15,
              "status",
              named("Status")
                  .one(2, "message", STRING)
                  .one(
                      3,
                      "code",
                      List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR")))
          .one(16, "flags", FIXED32);

  static final MessageType TRACES_REQUEST =
      named("ExportTraceServiceRequest")
          .many(
              1,
              "resource_spans",
              named("ResourceSpans")
                  .one(1, "resource", RESOURCE)
                  .many(
                      2,
                      "scope_spans",
                      named("ScopeSpans")
                          .one(1, "scope", SCOPE)
                          .many(2, "spans", SPAN)
                          .one(3, "schema_url", STRING))
                  .one(3, "schema_url", STRING));

  private OtlpSchema() {}
}
