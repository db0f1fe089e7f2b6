package dev.otelscope.probe.emission;

import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_ACTIVE;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_DURATION;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_FAILED;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_IO;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_OPENED;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_RESET;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_RETRANSMITS;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_RTT;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.probe.connection.Ending;
import dev.otelscope.probe.tracking.SampledConnection;
import dev.otelscope.probe.tracking.Series;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The points of one series, under one block of its owner.
final class ConnectionPoints {
  private static final AttributeKey<String> DIRECTION =
      AttributeKey.stringKey(AttributeNames.NETWORK_IO_DIRECTION);
  private static final AttributeKey<String> ERROR_TYPE =
      AttributeKey.stringKey(AttributeNames.ERROR_TYPE);

  /// What the points of failures are told apart by.
  private static final List<Ending> CAUSES =
      List.of(Ending.REFUSED, Ending.TIMED_OUT, Ending.UNREACHABLE, Ending.UNKNOWN);

  /// Between two points of what describes connections instead of counting them: how long they last
  /// and how far away the other end is.
  private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long[] NONE = new long[CAUSES.size()];

  /*
   * Memory
   *   A probe whose receiver is away keeps the points of all series that ended meanwhile. So those
   *   that most series never have are made only when there is something to say; they begin where the
   *   series did all the same.
   */
  final EntityBlock entity;
  final Farewell farewell = new Farewell();
  private final Series series;
  private final Attributes attributes;
  private final long startNanos;
  private final LongPoint active;
  private final LongPoint opened;
  private final LongPoint transmitted;
  private final LongPoint received;
  private @Nullable Map<Ending, LongPoint> failed;
  private @Nullable LongPoint reset;
  private @Nullable LongPoint retransmits;
  private @Nullable DoublePoint rtt;
  private @Nullable DurationPoint duration;
  private final long openedBefore;
  private final long[] failedBefore;
  private final long resetBefore;
  private final long transmittedBefore;
  private final long receivedBefore;
  private final long retransmitsBefore;
  private List<SampledConnection> activeSamples = List.of();

  /// @param goesOn whether another block has already said what was counted until now
  ConnectionPoints(
      Series series, EntityBlock entity, Attributes attributes, boolean goesOn, Round round) {
    this.series = series;
    this.entity = entity;
    this.attributes = attributes;
    startNanos = round.previousNanos();
    active = new LongPoint(attributes, startNanos);
    opened = new LongPoint(attributes, startNanos);
    transmitted = new LongPoint(with(DIRECTION, "transmit"), startNanos);
    received = new LongPoint(with(DIRECTION, "receive"), startNanos);
    openedBefore = goesOn ? series.opened() : 0;
    failedBefore = goesOn ? CAUSES.stream().mapToLong(series::failed).toArray() : NONE;
    resetBefore = goesOn ? series.reset() : 0;
    transmittedBefore = goesOn ? series.transmitted() : 0;
    receivedBefore = goesOn ? series.received() : 0;
    retransmitsBefore = goesOn ? series.retransmits() : 0;
    if (goesOn) {
      duration = new DurationPoint(attributes, startNanos, series.durations(), true);
    }
  }

  private Attributes with(AttributeKey<String> key, String value) {
    return attributes.toBuilder().put(key, value).build();
  }

  /// Puts what is due into the round.
  void offer(Round round) {
    offer(round, series.active());
  }

  /// Puts the present values into the round as the last ones.
  void offerLast(Round round) {
    offer(round, 0);
    repeat(round);
  }

  /// Puts the values that it has into the round, whatever the series does since.
  void repeat(Round round) {
    active.repeat(round, entity, CONNECTION_ACTIVE);
    opened.repeat(round, entity, CONNECTION_OPENED);
    transmitted.repeat(round, entity, CONNECTION_IO);
    received.repeat(round, entity, CONNECTION_IO);
    if (failed != null) {
      failed.values().forEach(point -> point.repeat(round, entity, CONNECTION_FAILED));
    }
    if (reset != null) {
      reset.repeat(round, entity, CONNECTION_RESET);
    }
    if (retransmits != null) {
      retransmits.repeat(round, entity, CONNECTION_RETRANSMITS);
    }
    if (duration != null) {
      duration.repeat(round, entity, CONNECTION_DURATION);
    }
  }

  private void offer(Round round, long activeNow) {
    if (series.wasEverEstablished()) {
      active.offer(activeNow, sampleActive(round), round, entity, CONNECTION_ACTIVE);
      opened.setExemplars(ConnectionExemplar.of(series.takeOpenedSamples(), round.nowNanos()));
      opened.offer(series.opened() - openedBefore, round, entity, CONNECTION_OPENED);
    }
    if (series.areBytesKnown()) {
      transmitted.offer(series.transmitted() - transmittedBefore, round, entity, CONNECTION_IO);
      received.offer(series.received() - receivedBefore, round, entity, CONNECTION_IO);
    }
    offerFailures(round);
    offerEnds(round);
    offerQuality(round);
  }

  private void offerFailures(Round round) {
    for (int i = 0; i < CAUSES.size(); i++) {
      long count = series.failed(CAUSES.get(i)) - failedBefore[i];
      if (count > 0) {
        failuresOf(CAUSES.get(i)).offer(count, round, entity, CONNECTION_FAILED);
      }
    }
  }

  private LongPoint failuresOf(Ending cause) {
    if (failed == null) {
      failed = new EnumMap<>(Ending.class);
    }
    return failed.computeIfAbsent(
        cause, absent -> new LongPoint(with(ERROR_TYPE, errorType(absent)), startNanos));
  }

  private void offerEnds(Round round) {
    if (series.areResetsKnown()) {
      if (reset == null) {
        reset = new LongPoint(attributes, startNanos);
      }
      reset.offer(series.reset() - resetBefore, round, entity, CONNECTION_RESET);
    }
    if (series.durations().count() > 0) {
      if (duration == null) {
        duration = new DurationPoint(attributes, startNanos, series.durations(), false);
      }
      duration.offer(series.durations(), APART_NANOS, round, entity, CONNECTION_DURATION);
    }
  }

  private void offerQuality(Round round) {
    if (series.areRetransmitsKnown()) {
      if (retransmits == null) {
        retransmits = new LongPoint(attributes, startNanos);
      }
      retransmits.offer(
          series.retransmits() - retransmitsBefore, round, entity, CONNECTION_RETRANSMITS);
    }
    if (series.isRttKnown()) {
      if (rtt == null) {
        rtt = new DoublePoint(attributes, startNanos);
      }
      rtt.offer(series.rttSeconds(), APART_NANOS, round, entity, CONNECTION_RTT);
    }
  }

  /// Whether other connections stand for the open ones than in the last round.
  private boolean sampleActive(Round round) {
    List<SampledConnection> samples = series.activeSamples();
    if (samples.equals(activeSamples)) {
      return false;
    }
    activeSamples = samples;
    active.setExemplars(ConnectionExemplar.of(samples, round.nowNanos()));
    return true;
  }

  /// `error.type`, where the semantic conventions' word for an unknown reason is `_OTHER`.
  private static String errorType(Ending cause) {
    return switch (cause) {
      case REFUSED -> "refused";
      case TIMED_OUT -> "timeout";
      case UNREACHABLE -> "unreachable";
      case ORDERLY, RESET, UNKNOWN -> "_OTHER";
    };
  }
}
