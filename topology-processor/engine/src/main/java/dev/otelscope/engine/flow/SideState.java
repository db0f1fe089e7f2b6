package dev.otelscope.engine.flow;

import dev.otelscope.engine.fold.CounterFold;
import dev.otelscope.engine.fold.GaugeFold;
import dev.otelscope.engine.fold.Verdict;
import dev.otelscope.engine.join.Division;
import dev.otelscope.engine.join.Sampling;
import dev.otelscope.engine.join.SideFacts;
import dev.otelscope.engine.observation.Figure;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Reading;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.Traffic;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Everything that one connection series said. Owned by its shard.
final class SideState {
  private final Side side;
  private final Flow flow;
  private final Producer producer;
  private final EnumMap<Figure, CounterFold> counters = new EnumMap<>(Figure.class);
  private final Map<String, CounterFold> failures = new HashMap<>(2);
  private final GaugeFold active = new GaugeFold();
  private @Nullable GaugeFold roundTrip;
  private Sampling sampling = Sampling.NONE;
  private double mostActive;
  private Division division = Division.NONE;
  private long newestStart;
  private long lastActivityMillis = Long.MIN_VALUE;
  private boolean ended;

  SideState(Side side, Flow flow, Producer producer) {
    this.side = side;
    this.flow = flow;
    this.producer = producer;
  }

  Side side() {
    return side;
  }

  Flow flow() {
    return flow;
  }

  Producer producer() {
    return producer;
  }

  /// Whether nothing new is expected of it. What it counted still belongs to its edge.
  boolean isEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /// The latest start of a point, nanoseconds since 1970; 0 when none was said.
  long newestStart() {
    return newestStart;
  }

  /// When the last connection of it was seen to be open, opened, failed, used or closed.
  long lastActivityMillis() {
    return lastActivityMillis;
  }

  /// Applies a point.
  ///
  /// @param timeMillis when it was made, by our clock
  Verdict apply(ConnectionSeen seen, long timeMillis) {
    Reading reading = seen.reading();
    boolean wasActive = isActive();
    Verdict verdict =
        switch (seen.figure()) {
          case ACTIVE -> active.apply(reading);
          case ROUND_TRIP -> roundTrip().apply(reading);
          case FAILED ->
              failures
                  .computeIfAbsent(seen.cause(), cause -> new CounterFold())
                  .apply(reading, Math.floorDiv(timeMillis, 1000));
          case OPENED, RESET, TRANSMITTED, RECEIVED, RETRANSMITS ->
              counters
                  .computeIfAbsent(seen.figure(), figure -> new CounterFold())
                  .apply(reading, Math.floorDiv(timeMillis, 1000));
        };
    if (verdict == Verdict.DUPLICATE || verdict == Verdict.LATE) {
      return verdict;
    }
    newestStart = Math.max(newestStart, reading.startNanos());
    ended = false;
    if (seen.figure() == Figure.ACTIVE) {
      mostActive = Math.max(mostActive, reading.value());
      sampling = sampling.noneOpenAt(reading.timeNanos());
    }
    boolean counted = seen.figure().isCounter() && verdict != Verdict.SAME && reading.value() > 0;
    if (counted || wasActive || isActive()) {
      lastActivityMillis = Math.max(lastActivityMillis, timeMillis);
    }
    return verdict;
  }

  /// Notes that the observer named some of its connections.
  ///
  /// @return whether that says anything new
  boolean apply(ConnectionsSampled sampled, long timeMillis) {
    Sampling before = sampling;
    sampling = before.with(sampled, timeMillis);
    return !sampling.equals(before);
  }

  /// Keeps how a join has divided it.
  void setDivision(Division made) {
    division = made;
  }

  boolean isActive() {
    return !ended && active.isKnown() && active.value() > 0;
  }

  boolean isCurrent(long nowMillis, long windowMillis) {
    return isActive() || nowMillis - lastActivityMillis < windowMillis && hasActivity();
  }

  /// What it says now.
  SideFacts facts(long nowMillis, long windowMillis) {
    long second = Math.floorDiv(nowMillis, 1000);
    Map<String, Double> failed = new HashMap<>(failures.size());
    failures.forEach((cause, fold) -> failed.put(cause, fold.total()));
    double failedTotal = 0;
    double failedRate = 0;
    for (CounterFold fold : failures.values()) {
      failedTotal += fold.total();
      failedRate += fold.rate(second);
    }
    SideFacts facts =
        new SideFacts(
            side,
            isCurrent(nowMillis, windowMillis),
            producer.isSilent(),
            isActive() ? (long) active.value() : 0,
            traffic(CounterFold::total, failedTotal),
            traffic(fold -> fold.rate(second), failedRate),
            failed,
            roundTrip == null ? Double.NaN : roundTrip.value(),
            known(),
            sampling,
            !sampling.isEmpty()
                && sampling.isEverything(of(Figure.OPENED, CounterFold::total), mostActive),
            division);
    return side.role() == Role.SERVER ? facts.mirrored() : facts;
  }

  private boolean hasActivity() {
    return lastActivityMillis != Long.MIN_VALUE;
  }

  private Set<Figure> known() {
    Set<Figure> known = EnumSet.noneOf(Figure.class);
    known.addAll(counters.keySet());
    if (roundTrip != null) {
      known.add(Figure.ROUND_TRIP);
    }
    return known;
  }

  private GaugeFold roundTrip() {
    GaugeFold fold = roundTrip;
    if (fold == null) {
      fold = new GaugeFold();
      roundTrip = fold;
    }
    return fold;
  }

  /// As the observer sees it: what it transmits is "sent".
  private Traffic traffic(ToDoubleFunction<CounterFold> amount, double failed) {
    return new Traffic(
        of(Figure.OPENED, amount),
        failed,
        of(Figure.RESET, amount),
        of(Figure.TRANSMITTED, amount),
        of(Figure.RECEIVED, amount),
        of(Figure.RETRANSMITS, amount));
  }

  private double of(Figure figure, ToDoubleFunction<CounterFold> amount) {
    CounterFold fold = counters.get(figure);
    return fold == null ? 0 : amount.applyAsDouble(fold);
  }
}
