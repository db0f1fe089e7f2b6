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
import dev.otelscope.probe.tracking.Series;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;

/// The points of one series, under one block of its owner.
final class ConnectionPoints {
  private static final AttributeKey<String> DIRECTION =
      AttributeKey.stringKey(AttributeNames.NETWORK_IO_DIRECTION);
  private static final AttributeKey<String> ERROR_TYPE =
      AttributeKey.stringKey(AttributeNames.ERROR_TYPE);

  /// What the points of failures are told apart by.
  private static final List<Ending> CAUSES =
      List.of(Ending.REFUSED, Ending.TIMED_OUT, Ending.UNREACHABLE, Ending.UNKNOWN);

  final EntityBlock entity;
  final Farewell farewell = new Farewell();
  private final Series series;
  private final LongPoint active;
  private final LongPoint opened;
  private final List<LongPoint> failed = new ArrayList<>(CAUSES.size());
  private final LongPoint reset;
  private final DurationPoint duration;
  private final LongPoint transmitted;
  private final LongPoint received;
  private final LongPoint retransmits;
  private final DoublePoint rtt;
  private final long openedBefore;
  private final long[] failedBefore = new long[CAUSES.size()];
  private final long resetBefore;
  private final long transmittedBefore;
  private final long receivedBefore;
  private final long retransmitsBefore;
  private boolean ended;

  /// @param goesOn whether another block has already said what was counted until now
  ConnectionPoints(
      Series series, EntityBlock entity, Attributes attributes, boolean goesOn, Round round) {
    this.series = series;
    this.entity = entity;
    long start = round.previousNanos();
    active = new LongPoint(attributes, start);
    opened = new LongPoint(attributes, start);
    reset = new LongPoint(attributes, start);
    duration = new DurationPoint(attributes, start, series.durations(), goesOn);
    for (int i = 0; i < CAUSES.size(); i++) {
      Ending cause = CAUSES.get(i);
      failed.add(
          new LongPoint(attributes.toBuilder().put(ERROR_TYPE, errorType(cause)).build(), start));
      failedBefore[i] = goesOn ? series.failed(cause) : 0;
    }
    transmitted = new LongPoint(attributes.toBuilder().put(DIRECTION, "transmit").build(), start);
    received = new LongPoint(attributes.toBuilder().put(DIRECTION, "receive").build(), start);
    retransmits = new LongPoint(attributes, start);
    rtt = new DoublePoint(attributes, start);
    openedBefore = goesOn ? series.opened() : 0;
    resetBefore = goesOn ? series.reset() : 0;
    transmittedBefore = goesOn ? series.transmitted() : 0;
    receivedBefore = goesOn ? series.received() : 0;
    retransmitsBefore = goesOn ? series.retransmits() : 0;
  }

  /// Puts what is due into the round.
  void offer(Round round) {
    ended = false;
    offer(round, series.active());
  }

  /// Puts the last values into the round: those of its first call, whatever the series does since.
  void offerLast(Round round) {
    if (!ended) {
      ended = true;
      offer(round, 0);
    }
    active.repeat(round, entity, CONNECTION_ACTIVE);
    opened.repeat(round, entity, CONNECTION_OPENED);
    failed.forEach(point -> point.repeat(round, entity, CONNECTION_FAILED));
    reset.repeat(round, entity, CONNECTION_RESET);
    duration.repeat(round, entity, CONNECTION_DURATION);
    transmitted.repeat(round, entity, CONNECTION_IO);
    received.repeat(round, entity, CONNECTION_IO);
    retransmits.repeat(round, entity, CONNECTION_RETRANSMITS);
  }

  private void offer(Round round, long activeNow) {
    if (series.wasEverEstablished()) {
      active.offer(activeNow, round, entity, CONNECTION_ACTIVE);
      opened.offer(series.opened() - openedBefore, round, entity, CONNECTION_OPENED);
    }
    for (int i = 0; i < CAUSES.size(); i++) {
      long count = series.failed(CAUSES.get(i)) - failedBefore[i];
      if (count > 0) {
        failed.get(i).offer(count, round, entity, CONNECTION_FAILED);
      }
    }
    if (series.areResetsKnown()) {
      reset.offer(series.reset() - resetBefore, round, entity, CONNECTION_RESET);
    }
    if (series.durations().count() > 0) {
      duration.offer(series.durations(), round, entity, CONNECTION_DURATION);
    }
    if (series.areBytesKnown()) {
      transmitted.offer(series.transmitted() - transmittedBefore, round, entity, CONNECTION_IO);
      received.offer(series.received() - receivedBefore, round, entity, CONNECTION_IO);
    }
    if (series.areRetransmitsKnown()) {
      retransmits.offer(
          series.retransmits() - retransmitsBefore, round, entity, CONNECTION_RETRANSMITS);
    }
    if (series.isRttKnown()) {
      rtt.offer(series.rttSeconds(), round, entity, CONNECTION_RTT);
    }
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
