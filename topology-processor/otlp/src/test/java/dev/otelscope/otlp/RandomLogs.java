package dev.otelscope.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.Random;

/// Logs requests.
final class RandomLogs extends RandomRequests {
  RandomLogs(Random random) {
    super(random);
  }

  @Override
  ExportLogsServiceRequest next() {
    return ExportLogsServiceRequest.newBuilder()
        .addAllResourceLogs(several(3).mapToObj(i -> resourceLogs()).toList())
        .build();
  }

  private ResourceLogs resourceLogs() {
    ResourceLogs.Builder builder = ResourceLogs.newBuilder().setSchemaUrl(text());
    if (chance(0.9)) {
      builder.setResource(resource());
    }
    return builder.addAllScopeLogs(several(3).mapToObj(i -> scopeLogs()).toList()).build();
  }

  private ScopeLogs scopeLogs() {
    ScopeLogs.Builder builder = ScopeLogs.newBuilder();
    if (chance(0.8)) {
      builder.setScope(scope());
    }
    return builder.addAllLogRecords(several(5).mapToObj(i -> log()).toList()).build();
  }

  private LogRecord log() {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setTimeUnixNano(whole())
            .setObservedTimeUnixNano(whole())
            .setSeverityNumberValue(random.nextInt(25))
            .setSeverityText(text())
            .setEventName(text())
            .setTraceId(bytes())
            .setSpanId(bytes())
            .setFlags(random.nextInt())
            .addAllAttributes(attributes());
    if (chance(0.8)) {
      log.setBody(value(3));
    }
    return log.build();
  }
}
