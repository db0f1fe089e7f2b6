package dev.otelscope.engine;

import static dev.otelscope.model.AttributeNames.DNS_ANSWERS;
import static dev.otelscope.model.AttributeNames.DNS_QUESTION_NAME;
import static dev.otelscope.model.AttributeNames.DNS_SINCE;
import static dev.otelscope.model.AttributeNames.DNS_TTL;
import static dev.otelscope.model.AttributeNames.ENTITY_TYPE;
import static dev.otelscope.model.AttributeNames.NETWORK_NAMESPACE;
import static dev.otelscope.model.AttributeNames.SCOPE_HOST_ID;

import dev.otelscope.model.EntityType;
import dev.otelscope.model.EventNames;
import dev.otelscope.model.MetricNames;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Arrays;

/// Writes what the probe of a host says of answers of name servers.
public final class NameRequest {
  private final ScopeLogs.Builder scope =
      ScopeLogs.newBuilder()
          .setScope(InstrumentationScope.newBuilder().setName(MetricNames.PROBE_SCOPE));
  private final String host;

  public NameRequest(String host) {
    this.host = host;
  }

  public NameRequest answer(String name, long sinceNanos, String... addresses) {
    ArrayValue.Builder list = ArrayValue.newBuilder();
    Arrays.stream(addresses).forEach(address -> list.addValues(text(address)));
    scope.addLogRecords(
        LogRecord.newBuilder()
            .setTimeUnixNano(sinceNanos + 1)
            .setEventName(EventNames.DNS_ANSWER)
            .addAttributes(pair(DNS_QUESTION_NAME, text(name)))
            .addAttributes(pair(DNS_ANSWERS, AnyValue.newBuilder().setArrayValue(list).build()))
            .addAttributes(pair(DNS_TTL, AnyValue.newBuilder().setIntValue(60).build()))
            .addAttributes(pair(DNS_SINCE, AnyValue.newBuilder().setIntValue(sinceNanos).build()))
            .addAttributes(pair(NETWORK_NAMESPACE, text("1"))));
    return this;
  }

  /// A record that no dialect knows.
  public NameRequest event(String name) {
    scope.addLogRecords(LogRecord.newBuilder().setEventName(name));
    return this;
  }

  public byte[] bytes() {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(pair(ENTITY_TYPE, text(EntityType.HOST)))
                        .addAttributes(pair(SCOPE_HOST_ID, text(host))))
                .addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }
}
