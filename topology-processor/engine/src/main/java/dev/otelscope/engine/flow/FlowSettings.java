package dev.otelscope.engine.flow;

import dev.otelscope.engine.fold.RateWindow;

/// What a shard is told at its start.
///
/// @param edgeWindowMillis how long an edge stays after its last activity
/// @param timeToLiveMillis how long a series lives without a point
/// @param seriesPerProducer series of one host in this shard
/// @param series in this shard
public record FlowSettings(
    long edgeWindowMillis, long timeToLiveMillis, int seriesPerProducer, int series) {

  int horizonSeconds() {
    return Math.toIntExact(Math.max(RateWindow.SECONDS, edgeWindowMillis / 1000) + 3);
  }
}
