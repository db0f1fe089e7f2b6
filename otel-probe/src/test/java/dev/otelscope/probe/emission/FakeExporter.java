package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.function.Predicate;

/// An exporter without a network: whoever listens decides whether a batch arrives.
final class FakeExporter implements MetricExporter {
  private final AggregationTemporalitySelector preference;
  private final Predicate<Collection<MetricData>> receiver;

  FakeExporter(AggregationTemporalitySelector preference) {
    this(preference, batch -> true);
  }

  /// @param receiver whether the batch arrives
  FakeExporter(
      AggregationTemporalitySelector preference, Predicate<Collection<MetricData>> receiver) {
    this.preference = preference;
    this.receiver = receiver;
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    return receiver.test(metrics)
        ? CompletableResultCode.ofSuccess()
        : CompletableResultCode.ofFailure();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
    return preference.getAggregationTemporality(instrument);
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
