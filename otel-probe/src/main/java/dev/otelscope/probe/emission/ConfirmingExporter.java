package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns what became of what was exported, which the SDK tells nobody.
final class ConfirmingExporter implements MetricExporter {
  /*
   * Concurrency
   *   Answers come on the sender's threads. The reader asks for the next round only after all batches
   *   of the last one were answered, so that `takeOutcome` sees them all. A batch holds the points
   *   themselves, which keep still until then.
   *
   * Outcomes of a batch
   *   arrived   its points are told so
   *   refused for good   they are told the same: to say it again would be of no use
   *   failed   they are told nothing, and say it again
   */
  private static final Logger LOG = LoggerFactory.getLogger(ConfirmingExporter.class);
  private static final long SAY_AGAIN_NANOS = Duration.ofHours(1).toNanos();

  private final MetricExporter exporter;
  private final Answers answers;
  private final String target;
  private final Queue<Collection<MetricData>> settled = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Refusal> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
  private final AtomicLong refused = new AtomicLong();
  private boolean away;
  private long refusalSaidNanos = Long.MIN_VALUE;

  /// @param answers what the receiver said
  /// @param target what to call the receiver when it does not answer
  ConfirmingExporter(MetricExporter exporter, Answers answers, String target) {
    this.exporter = exporter;
    this.answers = answers;
    this.target = target;
  }

  /// What became of the last round. Its points know it, too, from now on.
  Rounds.Outcome takeOutcome(long nowNanos) {
    boolean arrived = !settled.isEmpty();
    for (Collection<MetricData> batch; (batch = settled.poll()) != null; ) {
      for (MetricData metric : batch) {
        metric.getData().getPoints().forEach(point -> ((Point) point).arrive());
      }
    }
    Refusal forGood = refusal.getAndSet(null);
    if (forGood != null && mayBeSaid(nowNanos)) {
      refusalSaidNanos = nowNanos;
      LOG.warn(
          "{} refuses data for good, so they are dropped, {} points until now: {}",
          target,
          refused.get(),
          forGood.reason());
    }
    Refusal failed = failure.getAndSet(null);
    if (failed == null) {
      if (away && arrived) {
        away = false;
        LOG.info("{} accepts data again", target);
      }
      return Rounds.Outcome.ARRIVED;
    }
    if (!away) {
      away = true;
      LOG.warn(
          "{} does not accept data; the figures will be sent once it does: {}",
          target,
          failed.reason());
    }
    return new Rounds.Outcome(true, failed.rest());
  }

  private boolean mayBeSaid(long nowNanos) {
    return refusalSaidNanos == Long.MIN_VALUE || nowNanos - refusalSaidNanos >= SAY_AGAIN_NANOS;
  }

  /// Points that the receiver did not want, since the beginning: in requests that it accepted, and
  /// in those that it refused for good.
  long refusedPoints() {
    return refused.get() + answers.rejectedPoints();
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    CompletableResultCode result = exporter.export(metrics);
    result.whenComplete(() -> answered(metrics, result));
    return result;
  }

  private void answered(Collection<MetricData> metrics, CompletableResultCode result) {
    if (result.isSuccess()) {
      settled.add(metrics);
      return;
    }
    Refusal last = answers.lastRefusal();
    if (last.forGood()) {
      refused.addAndGet(
          metrics.stream().mapToLong(metric -> metric.getData().getPoints().size()).sum());
      refusal.set(last);
      settled.add(metrics);
    } else {
      failure.accumulateAndGet(last, ConfirmingExporter::longerRest);
    }
  }

  private static Refusal longerRest(@Nullable Refusal one, Refusal other) {
    return one == null || one.rest().compareTo(other.rest()) < 0 ? other : one;
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
