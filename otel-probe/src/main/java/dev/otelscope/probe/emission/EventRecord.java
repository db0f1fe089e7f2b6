package dev.otelscope.probe.emission;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.MetricNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/// One event of the probe as OTLP has it, in place of the SDK's record, which keeps more.
///
/// @param timeNanos since 1970
record EventRecord(Resource resource, String name, long timeNanos, Attributes attributes)
    implements LogRecordData {
  private static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.create(MetricNames.PROBE_SCOPE);

  EventRecord {
    requireNonNull(resource, "resource");
    requireNonNull(name, "name");
    requireNonNull(attributes, "attributes");
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public String getEventName() {
    return name;
  }

  @Override
  public long getTimestampEpochNanos() {
    return timeNanos;
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return timeNanos;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  public SpanContext getSpanContext() {
    return SpanContext.getInvalid();
  }

  @Override
  public Severity getSeverity() {
    return Severity.INFO;
  }

  @Override
  public @Nullable String getSeverityText() {
    return null;
  }

  @Override
  public @Nullable Value<?> getBodyValue() {
    return null;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still asks for it
  public io.opentelemetry.sdk.logs.data.Body getBody() {
    return io.opentelemetry.sdk.logs.data.Body.empty();
  }
}
