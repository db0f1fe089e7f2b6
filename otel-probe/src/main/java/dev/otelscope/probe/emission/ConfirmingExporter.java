package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns whether what was exported has arrived, which the SDK tells nobody.
final class ConfirmingExporter implements MetricExporter {
  /*
   * Concurrency
   *   Answers come on the sender's threads. The reader asks for the next round only after all batches
   *   of the last one were answered, so that `takeFailed` sees them all.
   */
  private static final Logger LOG = LoggerFactory.getLogger(ConfirmingExporter.class);

  private final MetricExporter exporter;
  private final Answers answers;
  private final String target;
  private final AtomicInteger failed = new AtomicInteger();
  private volatile boolean away;

  /// @param answers what the receiver said, where the exporter tells it
  /// @param target what to call the receiver when it does not answer
  ConfirmingExporter(MetricExporter exporter, Answers answers, String target) {
    this.exporter = exporter;
    this.answers = answers;
    this.target = target;
  }

  /// Whether a batch of the last round has not arrived.
  boolean takeFailed() {
    return failed.getAndSet(0) > 0;
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    CompletableResultCode result = exporter.export(metrics);
    result.whenComplete(() -> answered(result));
    return result;
  }

  private void answered(CompletableResultCode result) {
    if (result.isSuccess()) {
      if (away) {
        away = false;
        LOG.info("{} accepts data again", target);
      }
      return;
    }
    failed.incrementAndGet();
    if (!away) {
      away = true;
      LOG.warn(
          "{} does not accept data; the figures will be sent once it does: {}",
          target,
          reason(result.getFailureThrowable()));
    }
  }

  private String reason(@Nullable Throwable failure) {
    String refusal = answers.lastRefusal();
    return refusal.isEmpty() ? String.valueOf(failure) : refusal;
  }

  @Override
  public MemoryMode getMemoryMode() {
    return exporter.getMemoryMode();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
    return exporter.getAggregationTemporality(instrumentType);
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
