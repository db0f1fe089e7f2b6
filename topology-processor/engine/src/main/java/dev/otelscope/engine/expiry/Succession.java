package dev.otelscope.engine.expiry;

/// Which probe of a host speaks for it when one takes over from another: the one that started last.
/// What only an older one said ends a while after the newer one was first heard. Told the time by
/// its owner; not thread-safe.
public final class Succession {
  private static final long TOLERANCE_NANOS = 1_000_000_000;
  private static final long HANDOVER_MILLIS = 5_000;

  private long newestStart; // 0 before any probe was heard
  private long handover = Long.MAX_VALUE;

  /// Notes that a probe that started then is there.
  public void heard(long startNanos, long nowMillis) {
    if (startNanos > newestStart) {
      newestStart = startNanos;
      handover = nowMillis + HANDOVER_MILLIS;
    }
  }

  /// Whether a series that began then is an older probe's. Starts are taken with a second's
  /// tolerance; a start that was not said is nobody's.
  public boolean isOutdated(long startNanos) {
    return startNanos != 0 && startNanos < newestStart - TOLERANCE_NANOS;
  }

  /// Whether a point of an older probe tells of a time of which the newest one tells, too.
  public boolean isSuperseded(long startNanos, long timeNanos) {
    return isOutdated(startNanos) && timeNanos > newestStart;
  }

  /// Whether it is time to end what only an older probe said; true once per newer probe.
  public boolean isDue(long nowMillis) {
    if (nowMillis < handover) {
      return false;
    }
    handover = Long.MAX_VALUE;
    return true;
  }
}
