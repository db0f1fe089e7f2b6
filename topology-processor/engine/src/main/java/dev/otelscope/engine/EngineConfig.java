package dev.otelscope.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How the engine behaves; [#DEFAULTS] suits one machine.
///
/// @param shards threads that hold flows; at least 1
/// @param publishInterval least time between two revisions of the graph
/// @param edgeWindow how long an edge stays after its last activity
/// @param seriesTimeToLive how long a series, listener or entity lives without a point; three
///   quarters of a minute beyond the probe's refresh
/// @param queuedPoints how many points may wait for one shard before requests are refused
/// @param limits what one producer and all together may occupy
public record EngineConfig(
    int shards,
    Duration publishInterval,
    Duration edgeWindow,
    Duration seriesTimeToLive,
    int queuedPoints,
    Limits limits) {

  public static final EngineConfig DEFAULTS =
      new EngineConfig(
          Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8),
          Duration.ofMillis(250),
          Duration.ofSeconds(15),
          Duration.ofSeconds(75),
          1 << 19,
          Limits.DEFAULTS);

  /// Bounds on memory. What goes beyond is rejected, counted, and said as coverage.
  ///
  /// @param seriesPerProducer connection series of one host
  /// @param series connection series of all
  /// @param entities of all
  /// @param attributes per entity; further ones are left out
  /// @param attributeLength characters; longer values are cut
  public record Limits(
      int seriesPerProducer, int series, int entities, int attributes, int attributeLength) {

    public static final Limits DEFAULTS = new Limits(200_000, 2_000_000, 200_000, 128, 4_096);

    public Limits {
      if (Math.min(
              Math.min(seriesPerProducer, series),
              Math.min(entities, Math.min(attributes, attributeLength)))
          < 1) {
        throw new IllegalArgumentException("every limit must be at least 1");
      }
    }
  }

  public EngineConfig {
    requirePositive(publishInterval, "publishInterval");
    requirePositive(edgeWindow, "edgeWindow");
    requirePositive(seriesTimeToLive, "seriesTimeToLive");
    requireNonNull(limits, "limits");
    if (shards < 1 || queuedPoints < 1) {
      throw new IllegalArgumentException(
          "shards " + shards + " and queuedPoints " + queuedPoints + " must be at least 1");
    }
  }

  public EngineConfig withShards(int count) {
    return new EngineConfig(
        count, publishInterval, edgeWindow, seriesTimeToLive, queuedPoints, limits);
  }

  public EngineConfig withEdgeWindow(Duration window) {
    return new EngineConfig(
        shards, publishInterval, window, seriesTimeToLive, queuedPoints, limits);
  }

  public EngineConfig withQueuedPoints(int points) {
    return new EngineConfig(shards, publishInterval, edgeWindow, seriesTimeToLive, points, limits);
  }

  public EngineConfig withLimits(Limits bounds) {
    return new EngineConfig(
        shards, publishInterval, edgeWindow, seriesTimeToLive, queuedPoints, bounds);
  }

  private static void requirePositive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive, not " + duration);
    }
  }
}
