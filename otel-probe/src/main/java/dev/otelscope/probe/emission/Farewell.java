package dev.otelscope.probe.emission;

/// The last values of something that ended: they go with every round until two exports of them have
/// arrived, so that one answer that was lost on the way back does no harm.
final class Farewell {
  private static final int ARRIVALS = 2;

  private boolean sent;
  private int arrived;

  /// Asked once per round, before the last values are sent again: whether that is needless now.
  boolean isOver(Round round) {
    if (sent && round.previousArrived()) {
      arrived++;
    }
    sent = true;
    return arrived >= ARRIVALS;
  }

  /// The last values are sent for the first time.
  void begin() {
    sent = true;
    arrived = 0;
  }

  /// It lives on.
  void cancel() {
    sent = false;
    arrived = 0;
  }
}
