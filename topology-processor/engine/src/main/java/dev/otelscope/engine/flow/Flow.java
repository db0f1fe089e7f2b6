package dev.otelscope.engine.flow;

import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.model.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// All series about one flow, and what the shard must remember about it. Owned by its shard.
public final class Flow {
  private final FlowKey key;
  private final PairGroup group;
  private final List<SideState> sides = new ArrayList<>(2);
  private Set<IpAddress> consulted = Set.of();
  private boolean dirty;
  private long rateWakeSecond = Long.MIN_VALUE;
  private long idleWakeSecond = Long.MIN_VALUE;

  Flow(FlowKey key, PairGroup group) {
    this.key = key;
    this.group = group;
  }

  FlowKey key() {
    return key;
  }

  PairGroup group() {
    return group;
  }

  List<SideState> sides() {
    return sides;
  }

  /// The series of the same observer at the same end, this one included.
  List<SideState> sidesLike(SideState side) {
    return sides.stream()
        .filter(other -> other.side().observer().equals(side.side().observer()))
        .filter(other -> other.side().role() == side.side().role())
        .toList();
  }

  /// Addresses that its last join looked up.
  Set<IpAddress> consulted() {
    return consulted;
  }

  void setConsulted(Set<IpAddress> addresses) {
    consulted = addresses;
  }

  boolean isDirty() {
    return dirty;
  }

  void setDirty(boolean value) {
    dirty = value;
  }

  /// Whether it has yet to be woken for a rate that changes at that second; notes that it will be.
  boolean wantsRateWake(long second) {
    boolean wanted = second > rateWakeSecond;
    rateWakeSecond = Math.max(rateWakeSecond, second);
    return wanted;
  }

  /// The same for the end of its edges' window.
  boolean wantsIdleWake(long second) {
    boolean wanted = second > idleWakeSecond;
    idleWakeSecond = Math.max(idleWakeSecond, second);
    return wanted;
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
