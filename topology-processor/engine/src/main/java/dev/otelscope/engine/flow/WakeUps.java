package dev.otelscope.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Calls a flow back at a second to come, up to a horizon. Told the time by its owner; not
/// thread-safe.
final class WakeUps {
  private final List<List<Flow>> ring;
  private long next = Long.MIN_VALUE;

  /// @param horizonSeconds how far ahead a flow may ask to be woken
  WakeUps(int horizonSeconds) {
    ring = new ArrayList<>(horizonSeconds + 1);
    for (int i = 0; i <= horizonSeconds; i++) {
      ring.add(new ArrayList<>());
    }
  }

  /// Wakes `flow` once [#advance] reaches `second`. One that is past or beyond the horizon is not
  /// kept.
  ///
  /// @return whether it is kept
  boolean at(long second, Flow flow) {
    if (next == Long.MIN_VALUE || second < next || second >= next + ring.size()) {
      return false;
    }
    bucket(second).add(flow);
    return true;
  }

  /// Wakes all whose second has come.
  void advance(long nowSecond, Consumer<Flow> wake) {
    if (next == Long.MIN_VALUE) {
      next = nowSecond + 1;
    }
    for (int turn = 0; next <= nowSecond && turn < ring.size(); turn++) {
      List<Flow> due = bucket(next);
      due.forEach(wake);
      due.clear();
      next++;
    }
    next = Math.max(next, nowSecond + 1);
  }

  private List<Flow> bucket(long second) {
    return ring.get((int) Math.floorMod(second, (long) ring.size()));
  }
}
