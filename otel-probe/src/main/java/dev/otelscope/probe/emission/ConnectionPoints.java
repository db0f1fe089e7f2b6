package dev.otelscope.probe.emission;

import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_ACTIVE;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_FAILED;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_IO;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_OPENED;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_RETRANSMITS;
import static dev.otelscope.probe.emission.ProbeMetric.CONNECTION_RTT;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.probe.tracking.Series;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/// The points of one series, under one block of its owner.
final class ConnectionPoints {
  private static final AttributeKey<String> DIRECTION =
      AttributeKey.stringKey(AttributeNames.NETWORK_IO_DIRECTION);
  private static final AttributeKey<String> ERROR_TYPE =
      AttributeKey.stringKey(AttributeNames.ERROR_TYPE);

  /// The reason why a connection failed is not known: the semantic conventions' word for that.
  private static final String OTHER = "_OTHER";

  final EntityBlock entity;
  final Farewell farewell = new Farewell();
  private final Series series;
  private final LongPoint active;
  private final LongPoint opened;
  private final LongPoint failed;
  private final LongPoint transmitted;
  private final LongPoint received;
  private final LongPoint retransmits;
  private final DoublePoint rtt;
  private final long openedBefore;
  private final long failedBefore;
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
    failed = new LongPoint(attributes.toBuilder().put(ERROR_TYPE, OTHER).build(), start);
    transmitted = new LongPoint(attributes.toBuilder().put(DIRECTION, "transmit").build(), start);
    received = new LongPoint(attributes.toBuilder().put(DIRECTION, "receive").build(), start);
    retransmits = new LongPoint(attributes, start);
    rtt = new DoublePoint(attributes, start);
    openedBefore = goesOn ? series.opened() : 0;
    failedBefore = goesOn ? series.failed() : 0;
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
    failed.repeat(round, entity, CONNECTION_FAILED);
    transmitted.repeat(round, entity, CONNECTION_IO);
    received.repeat(round, entity, CONNECTION_IO);
    retransmits.repeat(round, entity, CONNECTION_RETRANSMITS);
  }

  private void offer(Round round, long activeNow) {
    if (series.wasEverEstablished()) {
      active.offer(activeNow, round, entity, CONNECTION_ACTIVE);
      opened.offer(series.opened() - openedBefore, round, entity, CONNECTION_OPENED);
    }
    if (series.failed() > failedBefore) {
      failed.offer(series.failed() - failedBefore, round, entity, CONNECTION_FAILED);
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
}
