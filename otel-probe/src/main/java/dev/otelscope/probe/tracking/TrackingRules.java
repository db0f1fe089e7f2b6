package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

/// What the tracker must know of its surroundings.
///
/// @param reaches until the tracker is told of other local networks
/// @param mayWait whether a new connection may wait one scan for what is not known of it at first:
///   only where that is not too long
/// @param seriesLimit of series that are told apart by address; see [#seriesLimitOf]
public record TrackingRules(
    EphemeralPorts ephemeralPorts, Reaches reaches, boolean mayWait, int seriesLimit) {
  /// What a series takes, with its points, its process and that one's facts, when each series has
  /// another process: 5 kB were measured, and everything else needs its part.
  private static final long BYTES_PER_SERIES = 10 * 1024;

  private static final int FEWEST = 1_000;
  private static final int MOST = 100_000;

  public TrackingRules {
    requireNonNull(ephemeralPorts, "ephemeralPorts");
    requireNonNull(reaches, "reaches");
  }

  /// With a limit that only matters where memory does not.
  public TrackingRules(EphemeralPorts ephemeralPorts, Reaches reaches, boolean mayWait) {
    this(ephemeralPorts, reaches, mayWait, MOST);
  }

  /// As many series as there is room for: 6,553 in the probe's usual 64 MiB.
  ///
  /// @param heapBytes the most that the heap may become
  public static int seriesLimitOf(long heapBytes) {
    return Math.toIntExact(Math.clamp(heapBytes / BYTES_PER_SERIES, FEWEST, MOST));
  }
}
