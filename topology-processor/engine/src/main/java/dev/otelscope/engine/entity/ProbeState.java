package dev.otelscope.engine.entity;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.expiry.ClockOffset;
import dev.otelscope.engine.expiry.Succession;
import dev.otelscope.engine.fold.CounterFold;
import dev.otelscope.engine.observation.Observation.EventsLost;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Coverage.Severity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is known about the probes of one host, and what people should be told about it. Owned by
/// the [EntityIndex].
final class ProbeState {
  private static final long LEAST_SILENCE_MILLIS = 15_000;
  private static final int SILENT_INTERVALS = 3;
  private static final int GONE_AFTER_SILENCES = 5;
  private static final long WILD_CLOCK_MILLIS = 30_000;

  private final Succession succession = new Succession();
  private final ClockOffset clock = new ClockOffset();
  private final Map<String, CounterFold> lost = new TreeMap<>();
  private final Map<String, Long> since = new HashMap<>();
  private long heardMillis;
  private long timeNanos = Long.MIN_VALUE;
  private long intervalMillis = 1_000;
  private int tier;
  private String reason = "";
  private boolean wildClock;
  private long pointsOverLimit;
  private String limit = "";

  ProbeState(long nowMillis) {
    heardMillis = nowMillis;
  }

  Succession succession() {
    return succession;
  }

  void heardFrom(long nowMillis) {
    heardMillis = Math.max(heardMillis, nowMillis);
  }

  /// Notes a heartbeat.
  ///
  /// @return whether there is something new to be said
  boolean heard(ProbeHeard heard, long nowMillis) {
    succession.heard(heard.startNanos(), nowMillis);
    clock.note(Math.floorDiv(heard.timeNanos(), 1_000_000), nowMillis);
    if (heard.timeNanos() < timeNanos || succession.isOutdated(heard.startNanos())) {
      return false;
    }
    boolean wild = Math.abs(clock.millis()) > WILD_CLOCK_MILLIS;
    boolean news = tier != heard.tier() || !reason.equals(heard.reason()) || wild != wildClock;
    timeNanos = heard.timeNanos();
    tier = heard.tier();
    reason = heard.reason();
    wildClock = wild;
    if (heard.intervalSeconds() > 0) {
      intervalMillis = (long) (heard.intervalSeconds() * 1000);
    }
    since.putIfAbsent("tier", nowMillis);
    since.putIfAbsent("clock", nowMillis);
    return news;
  }

  Counted lost(EventsLost events, long nowMillis) {
    since.putIfAbsent("lost~" + events.reason(), nowMillis);
    CounterFold fold = lost.computeIfAbsent(events.reason(), why -> new CounterFold());
    return switch (fold.apply(events.reading(), Math.floorDiv(nowMillis, 1000))) {
      case FIRST, GREW, SAME -> Counted.POINT_APPLIED;
      case DUPLICATE -> Counted.POINT_DUPLICATE;
      case LATE -> Counted.POINT_LATE;
    };
  }

  void overLimit(long points, String which, long nowMillis) {
    since.putIfAbsent("limit", nowMillis);
    pointsOverLimit = points;
    limit = which;
  }

  boolean isSilent(long nowMillis) {
    return nowMillis - heardMillis > silenceMillis();
  }

  boolean isGone(long nowMillis) {
    return nowMillis - heardMillis > GONE_AFTER_SILENCES * silenceMillis();
  }

  /// What people should know about what is seen of this host.
  List<Coverage> coverage(String host, String name, boolean silent) {
    List<Coverage> all = new ArrayList<>();
    if (tier > 1 || !reason.isEmpty()) {
      String why = reason.isEmpty() ? "" : " (" + reason + ")";
      all.add(
          coverage(
              host,
              "tier",
              Severity.LIMITED,
              limitation(name)
                  + why
                  + ". "
                  + "`scope doctor` on that host says what the probe needs to see more."));
    }
    lost.forEach((cause, fold) -> {
      if (fold.total() > 0) {
        all.add(
            coverage(
                host,
                "lost~" + cause,
                Severity.LIMITED,
                cause.startsWith("dns_") ? missedNames(name) : missedEvents(name, fold, cause)));
      }
    });
    if (pointsOverLimit > 0) {
      all.add(
          coverage(
              host,
              "limit",
              Severity.LIMITED,
              "%d points from %s were left out: there are more %s than the processor is set to take. Raise that limit, or let the probe fold more."
                  .formatted(pointsOverLimit, name, limit)));
    }
    if (wildClock) {
      all.add(
          coverage(
              host,
              "clock",
              Severity.TROUBLE,
              "The clock of %s is about %d seconds %s, so it may be unclear what happened when. Set it, for instance with NTP."
                  .formatted(
                      name,
                      Math.abs(clock.millis()) / 1000,
                      clock.millis() > 0 ? "behind" : "ahead")));
    }
    if (silent) {
      all.add(
          new Coverage(
              "probe~" + host + "~silent",
              EntityId.of(EntityType.HOST, host),
              Severity.TROUBLE,
              "Nothing has come from the probe on %s for a while; what only it saw is shown as stale. Check that it runs and reaches its collector."
                  .formatted(name),
              Instant.ofEpochMilli(heardMillis)));
    }
    return all;
  }

  private static String missedEvents(String name, CounterFold fold, String cause) {
    return "The probe on %s has missed %.0f events (%s), so figures there can be too low. Give it more CPU, or let it look at fewer namespaces."
        .formatted(name, fold.total(), cause);
  }

  /// Without a number: on a busy resolver it would change at each look, and says nothing.
  private static String missedNames(String name) {
    return "The probe on %s could not read some answers of name servers, so some addresses can be without their name."
        .formatted(name);
  }

  private String limitation(String name) {
    return switch (tier) {
      case 0, 1 -> "Not everything on " + name + " is seen";
      case 2 ->
          "Short connections on "
              + name
              + " are shown without their process, failed ones without the cause, and of UDP only"
              + " sockets that have a peer";
      case 3 ->
          "On "
              + name
              + " one network namespace is seen; short connections and those of other users are"
              + " shown without their process, failed ones without the cause, and of UDP only sockets"
              + " that have a peer";
      default ->
          "On "
              + name
              + " only connections that are open when the probe looks are seen, without their bytes"
              + " and without those that failed";
    };
  }

  private Coverage coverage(String host, String what, Severity severity, String message) {
    return new Coverage(
        "probe~" + host + "~" + what,
        EntityId.of(EntityType.HOST, host),
        severity,
        message,
        Instant.ofEpochMilli(since.getOrDefault(what, heardMillis)));
  }

  private long silenceMillis() {
    return Math.max(LEAST_SILENCE_MILLIS, SILENT_INTERVALS * intervalMillis);
  }
}
