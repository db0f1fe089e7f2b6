package dev.otelscope.server;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.MetricNames;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Duration;
import java.time.Instant;

/// Requests as a probe sends them: one process with many peers.
final class SampleRequests {
  private SampleRequests() {}

  /// A request in which a process of `host` has opened one connection to each of `peers` servers.
  static byte[] connections(String host, int peers, Instant now) {
    Sum.Builder opened =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < peers; i++) {
      opened.addDataPoints(
          point("10.%d.%d.%d".formatted(1 + i / 62_500, i / 250 % 250, 1 + i % 250), now));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(process(host))
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .setScope(
                            InstrumentationScope.newBuilder().setName(MetricNames.PROBE_SCOPE))
                        .addMetrics(
                            Metric.newBuilder()
                                .setName(MetricNames.CONNECTION_OPENED)
                                .setUnit("{connection}")
                                .setSum(opened))))
        .build()
        .toByteArray();
  }

  private static Resource process(String host) {
    EntityId id = EntityId.of(EntityType.PROCESS, host, "812", "boot-" + host + "-812");
    return Resource.newBuilder()
        .addAttributes(text(AttributeNames.SERVICE_NAME, MetricNames.PROBE_SERVICE))
        .addAttributes(text(AttributeNames.SERVICE_INSTANCE_ID, id.toString()))
        .addAttributes(text(AttributeNames.ENTITY_TYPE, id.type()))
        .addAttributes(text(AttributeNames.SCOPE_HOST_ID, host))
        .addAttributes(whole(AttributeNames.PROCESS_PID, 812))
        .addAttributes(text(AttributeNames.PROCESS_START, id.value(2)))
        .addAttributes(text(AttributeNames.NETWORK_NAMESPACE, "1"))
        .build();
  }

  private static NumberDataPoint point(String server, Instant now) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos(now.minus(Duration.ofSeconds(1))))
        .setTimeUnixNano(nanos(now))
        .setAsInt(1)
        .addAttributes(text(AttributeNames.CONNECTION_ROLE, "client"))
        .addAttributes(text(AttributeNames.CLIENT_ADDRESS, "10.0.0.1"))
        .addAttributes(text(AttributeNames.SERVER_ADDRESS, server))
        .addAttributes(whole(AttributeNames.SERVER_PORT, 5432))
        .addAttributes(text(AttributeNames.NETWORK_TRANSPORT, "tcp"))
        .addAttributes(text(AttributeNames.NETWORK_TYPE, "ipv4"))
        .addAttributes(text(AttributeNames.ADDRESS_SCOPE, "global"))
        .build();
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue whole(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
