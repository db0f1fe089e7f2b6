package dev.otelscope.engine.flow;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.engine.expiry.ExpiryBuckets;
import dev.otelscope.engine.fold.RateWindow;
import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.FlowKey.Pair;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import dev.otelscope.engine.observation.Reading;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.engine.observation.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A part of all flows: what their observers said, folded. Joins the flows that changed when it is
/// asked to.
public final class FlowShard {
  /*
   * Concurrency
   *   One thread applies, joins and expires. Only `sides` and `full` are read by others ([#refuses]),
   *   which is why they are concurrent; a stale answer there lets through, or rejects, what a moment
   *   later would have gone the other way.
   *
   * What is kept, and what it is derived from
   *   sides      side → its folded series         primary
   *   flows      flow key → flow → its sides      derived
   *   groups     address pair → its flows         derived
   *   producers  host → its sides                 derived
   *   [#sideOf] and [#drop] are the only places that change them.
   *
   * Expiry
   *   A series without a new point for the time to live has ended. It is dropped when it has no more
   *   activity to show, unless its observer has another series at the same end of the same flow: then
   *   it stays for its totals, and so that a point of it that comes after all is not counted twice.
   */
  private static final int EXPIRY_BUDGET = 20_000;
  private static final long EXPIRY_GRANULE_MILLIS = 1_000;

  private final FlowSettings settings;
  private final EngineCounters counters;
  private final Map<Side, SideState> sides = new ConcurrentHashMap<>();
  private final Set<String> full = ConcurrentHashMap.newKeySet();
  private final Map<FlowKey, Flow> flows = new HashMap<>();
  private final Map<Pair, PairGroup> groups = new HashMap<>();
  private final Map<String, Producer> producers = new HashMap<>();
  private final ExpiryBuckets<SideState> expiry;
  private final WakeUps wakeUps;
  private final FlowJoiner joiner;
  private List<Flow> dirty = new ArrayList<>();
  private List<FlowResult> gone = new ArrayList<>();

  public FlowShard(FlowSettings settings, EngineCounters counters) {
    this.settings = settings;
    this.counters = counters;
    this.expiry = new ExpiryBuckets<>(settings.timeToLiveMillis(), EXPIRY_GRANULE_MILLIS);
    this.wakeUps = new WakeUps(settings.horizonSeconds());
    this.joiner = new FlowJoiner(settings.edgeWindowMillis(), counters);
  }

  /// Whether a limit forbids this series, which is not known yet. For any thread.
  public boolean refuses(Side side) {
    return (sides.size() >= settings.series() || full.contains(side.host()))
        && !sides.containsKey(side);
  }

  /// How many series there are. For any thread.
  public int size() {
    return sides.size();
  }

  /// Notes that a probe is there; what an older one of the same host alone said ends soon after.
  public void apply(ProbeHeard heard, long receivedMillis) {
    producer(heard.host()).probes().heard(heard.startNanos(), receivedMillis);
  }

  /// Applies a point.
  public void apply(ConnectionSeen seen, long receivedMillis) {
    counters.increment(verdict(seen, receivedMillis));
  }

  /// Applies what says more about a point that was just applied.
  public void apply(ConnectionsSampled sampled, long receivedMillis) {
    SideState side = sides.get(sampled.side());
    if (side != null) { // else a limit refused the point
      long pointMillis = Math.floorDiv(sampled.timeNanos(), 1_000_000);
      long timeMillis = Math.min(pointMillis + side.producer().clock().millis(), receivedMillis);
      if (side.apply(sampled, timeMillis)) {
        markDirty(side.flow());
      }
    }
  }

  /// Ends what was silent for too long. Budgeted: a mass extinction takes several calls.
  public void expire(long nowMillis) {
    expiry.expire(nowMillis, EXPIRY_BUDGET, side -> end(side, nowMillis));
    for (Producer producer : producers.values()) {
      if (producer.probes().isDue(nowMillis)) {
        producer.sides().stream()
            .filter(side -> producer.probes().isOutdated(side.newestStart()))
            .toList()
            .forEach(side -> end(side, nowMillis));
      }
    }
  }

  /// Joins every flow that changed since the last round, or whose ends the book now knows
  /// otherwise.
  public List<FlowResult> join(Round round) {
    wakeUps.advance(Math.floorDiv(round.nowMillis(), 1000), this::markDirty);
    joiner.dependentsOf(round).forEach(this::markDirty);
    markSilent(round.silent());
    List<FlowResult> results = gone;
    gone = new ArrayList<>();
    List<Flow> changed = dirty;
    dirty = new ArrayList<>();
    joiner.join(changed, round, results);
    return results;
  }

  private Counted verdict(ConnectionSeen seen, long receivedMillis) {
    Reading reading = seen.reading();
    Producer producer = producer(seen.host());
    if (producer.probes().isSuperseded(reading.startNanos(), reading.timeNanos())) {
      return Counted.POINT_LATE;
    }
    SideState side = sides.get(seen.side());
    if (side == null) {
      if (producer.sides().size() >= settings.seriesPerProducer()) {
        full.add(seen.host());
        return Counted.POINT_DROPPED;
      }
      if (sides.size() >= settings.series()) {
        return Counted.POINT_DROPPED;
      }
      side = sideOf(seen.side(), producer);
    }
    long pointMillis = Math.floorDiv(reading.timeNanos(), 1_000_000);
    producer.clock().note(pointMillis, receivedMillis);
    long timeMillis = Math.min(pointMillis + producer.clock().millis(), receivedMillis);
    return switch (side.apply(seen, timeMillis)) {
      case FIRST, GREW, SAME -> {
        expiry.touch(side, receivedMillis);
        changed(side.flow(), timeMillis, receivedMillis);
        yield Counted.POINT_APPLIED;
      }
      case DUPLICATE -> Counted.POINT_DUPLICATE;
      case LATE -> Counted.POINT_LATE;
    };
  }

  private void changed(Flow flow, long timeMillis, long nowMillis) {
    wakeUps.advance(Math.floorDiv(nowMillis, 1000), this::markDirty);
    markDirty(flow);
    long second = Math.floorDiv(timeMillis, 1000);
    long rateChange = second + RateWindow.SECONDS;
    if (flow.wantsRateWake(rateChange)) {
      wakeUps.at(rateChange, flow);
    }
    long idle = Math.floorDiv(timeMillis + settings.edgeWindowMillis(), 1000) + 1;
    if (flow.wantsIdleWake(idle)) {
      wakeUps.at(idle, flow);
    }
  }

  private void markDirty(Flow flow) {
    if (flow.group().hasUnknownRoles()) {
      flow.group().flows().forEach(this::addDirty);
    } else {
      addDirty(flow);
    }
  }

  private void addDirty(Flow flow) {
    if (!flow.isDirty()) {
      flow.setDirty(true);
      dirty.add(flow);
    }
  }

  private void markSilent(Set<String> silent) {
    producers.forEach((host, producer) -> {
      if (producer.isSilent() != silent.contains(host)) {
        producer.setSilent(!producer.isSilent());
        producer.sides().forEach(side -> markDirty(side.flow()));
      }
    });
  }

  private Producer producer(String host) {
    return producers.computeIfAbsent(host, name -> new Producer());
  }

  private SideState sideOf(Side side, Producer producer) {
    Flow flow = flows.computeIfAbsent(side.flow(), this::newFlow);
    SideState state = new SideState(side, flow, producer);
    sides.put(side, state);
    flow.sides().add(state);
    producer.sides().add(state);
    if (side.role() == Role.UNKNOWN) {
      flow.group().countUnknownRole(1);
    }
    return state;
  }

  private Flow newFlow(FlowKey key) {
    PairGroup group = groups.computeIfAbsent(key.pair(), PairGroup::new);
    Flow flow = new Flow(key, group);
    group.flows().add(flow);
    return flow;
  }

  /// Ends a series: at once, or, where its edge has activity to show yet, when that is over.
  private void end(SideState side, long nowMillis) {
    if (!side.isEnded()) {
      counters.increment(Counted.SERIES_EXPIRED);
      side.end();
      markDirty(side.flow());
    }
    expiry.remove(side);
    long window = settings.edgeWindowMillis();
    if (side.isCurrent(nowMillis, window)) {
      expiry.touch(side, side.lastActivityMillis() + window - settings.timeToLiveMillis());
      return;
    }
    List<SideState> ofObserver = side.flow().sidesLike(side);
    if (ofObserver.stream().allMatch(one -> one.isEnded() && !one.isCurrent(nowMillis, window))) {
      ofObserver.forEach(this::drop);
    }
  }

  private void drop(SideState side) {
    Flow flow = side.flow();
    PairGroup group = flow.group();
    sides.remove(side.side());
    side.producer().sides().remove(side);
    full.remove(side.side().host());
    flow.sides().remove(side);
    if (side.side().role() == Role.UNKNOWN) {
      group.countUnknownRole(-1);
    }
    if (!flow.sides().isEmpty()) {
      return;
    }
    flows.remove(flow.key());
    group.flows().remove(flow);
    if (group.flows().isEmpty()) {
      groups.remove(group.pair());
    }
    gone.add(joiner.forget(flow));
  }
}
