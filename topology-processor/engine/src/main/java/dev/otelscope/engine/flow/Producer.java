package dev.otelscope.engine.flow;

import dev.otelscope.engine.expiry.ClockOffset;
import dev.otelscope.engine.expiry.Succession;
import java.util.HashSet;
import java.util.Set;

/// What a shard knows about a producer, which is a host with its probes. Owned by its shard.
final class Producer {
  private final Set<SideState> sides = new HashSet<>();
  private final ClockOffset clock = new ClockOffset();
  private final Succession probes = new Succession();
  private boolean silent;

  Set<SideState> sides() {
    return sides;
  }

  ClockOffset clock() {
    return clock;
  }

  Succession probes() {
    return probes;
  }

  boolean isSilent() {
    return silent;
  }

  void setSilent(boolean value) {
    silent = value;
  }
}
