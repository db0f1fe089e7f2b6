package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the probe's events as OTLP logs, at each interval those that are due. For one thread.
final class EventSender {
  /*
   * Memory
   *   What was collected is kept until the receiver has answered, and nothing is collected meanwhile.
   *   What did not arrive is thrown away: everything is due again after a failure.
   */
  private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);

  /// What is still true is said again this often.
  static final Duration REPORT_INTERVAL = Duration.ofSeconds(30);

  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int RECORDS_PER_REQUEST = 2_000;

  /// Says what is due; see [NameEmitter#offer].
  @FunctionalInterface
  interface Source {
    void offer(long nowNanos, long dueBeforeNanos, List<LogRecordData> collected);
  }

  private final LogRecordExporter exporter;
  private final Answers answers;
  private final String target;
  private final long intervalNanos;
  private final List<Source> sources;
  private final LongSupplier wallNanos;
  private @Nullable CompletableResultCode underWay;
  private long sentNanos;
  private int failures;

  /// @param answers what the receiver said, where the exporter tells it
  /// @param target what to call the receiver when it does not answer
  EventSender(
      LogRecordExporter exporter,
      Answers answers,
      String target,
      Duration interval,
      List<Source> sources,
      LongSupplier wallNanos) {
    this.exporter = exporter;
    this.answers = answers;
    this.target = target;
    this.intervalNanos = interval.toNanos();
    this.sources = List.copyOf(sources);
    this.wallNanos = wallNanos;
  }

  /// Sends what is due, unless the receiver has not answered yet or is to be left alone for a
  /// while.
  void send() {
    long now = wallNanos.getAsLong();
    if (isWaiting() || (failures > 0 && now - sentNanos < pause())) {
      return;
    }
    List<LogRecordData> collected = new ArrayList<>();
    long dueBefore =
        failures > 0 ? Long.MAX_VALUE : now - REPORT_INTERVAL.toNanos() + intervalNanos;
    sources.forEach(source -> source.offer(now, dueBefore, collected));
    if (!collected.isEmpty()) {
      sentNanos = now;
      underWay = export(collected);
    }
  }

  /// Whether the receiver has answered everything.
  boolean isIdle() {
    CompletableResultCode last = underWay;
    return last == null || last.isDone();
  }

  /// Ends within a second whether the receiver answers or not.
  void close() {
    exporter.shutdown().join(1, TimeUnit.SECONDS);
  }

  private boolean isWaiting() {
    CompletableResultCode last = underWay;
    if (last == null) {
      return false;
    }
    if (!isIdle()) {
      return true;
    }
    underWay = null;
    if (!last.isSuccess()) {
      failures++;
      if (failures == 1) {
        LOG.warn(
            "{} does not accept logs, so names of addresses and entity events do not reach it"
                + " (OTEL_LOGS_EXPORTER=none sends none): {}",
            target,
            answers.lastRefusal().reason());
      }
    } else if (failures > 0) {
      failures = 0;
      LOG.info("{} accepts logs again", target);
    }
    return false;
  }

  private CompletableResultCode export(List<LogRecordData> collected) {
    List<CompletableResultCode> results = new ArrayList<>();
    for (int from = 0; from < collected.size(); from += RECORDS_PER_REQUEST) {
      int to = Math.min(collected.size(), from + RECORDS_PER_REQUEST);
      results.add(exporter.export(collected.subList(from, to)));
    }
    return CompletableResultCode.ofAll(results);
  }

  private long pause() {
    return Math.min(intervalNanos << Math.min(failures, 16), LONGEST_PAUSE_NANOS);
  }
}
