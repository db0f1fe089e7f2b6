package dev.otelscope.probe;

import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierLadder;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.dns.NameWatch;
import dev.otelscope.probe.emission.Coverage;
import dev.otelscope.probe.process.DescriptorOwners;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.Series;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the machine at each interval. Used by one thread at a time; only [#coverage] may be
/// asked by others.
final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long LOOK_AROUND_NANOS = Duration.ofSeconds(10).toNanos();

  private final TierLadder source;
  private final Translations translations;
  private final NameWatch names;
  private final ConnectionTracker tracker;
  private final DescriptorOwners owners;
  private final Surroundings surroundings;
  private final Limits limits = new Limits();
  private long lookedAroundNanos;
  private volatile Coverage coverage; // whole values only, so a reader sees one or the other

  private Watch(
      TierLadder source,
      Translations translations,
      NameWatch names,
      ConnectionTracker tracker,
      DescriptorOwners owners,
      Surroundings surroundings) {
    this.source = source;
    this.translations = translations;
    this.names = names;
    this.tracker = tracker;
    this.owners = owners;
    this.surroundings = surroundings;
    this.coverage = new Coverage(source.tier(), source.reason(), "", "", Map.of());
  }

  /// Takes the first look.
  ///
  /// @param source closed with this, as are `translations`, `names` and `surroundings`
  /// @param tracker asks `translations` and `owners`
  static Watch begin(
      TierLadder source,
      Translations translations,
      NameWatch names,
      ConnectionTracker tracker,
      DescriptorOwners owners,
      Surroundings surroundings) {
    Watch watch = new Watch(source, translations, names, tracker, owners, surroundings);
    watch.look();
    return watch;
  }

  /// Takes a look; never fails, but may see less than before.
  void look() {
    try {
      long now = System.nanoTime();
      boolean isTime = lookedAroundNanos == 0 || now - lookedAroundNanos >= LOOK_AROUND_NANOS;
      if (isTime || surroundings.areOutdated()) {
        lookedAroundNanos = now;
        surroundings.look(tracker);
      }
      scan(now);
      names.refresh(now, System.currentTimeMillis() * 1_000_000);
      if (isTime) {
        keepNames(now);
      }
    } catch (RuntimeException e) {
      LOG.error("a look at the machine failed; the next one comes as usual", e);
    }
    coverage =
        new Coverage(source.tier(), reason(), translations.problem(), names.problem(), lost());
  }

  private Map<String, Long> lost() {
    Map<String, Long> lost = new HashMap<>(tracker.lost());
    lost.putAll(names.lost());
    return lost;
  }

  /// The names of what somebody is connected to are of interest for longer than others.
  private void keepNames(long nowNanos) {
    for (Series series : tracker.series()) {
      if (series.active() > 0) {
        switch (series.key().role()) {
          case SERVER -> names.used(series.namespace(), series.key().client(), nowNanos);
          case CLIENT, UNKNOWN -> names.used(series.namespace(), series.key().server(), nowNanos);
        }
      }
    }
  }

  private String reason() {
    return Stream.concat(Stream.of(source.reason()), limits().stream())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /// What it may not see although its tier works; see [Limits#of].
  List<String> limits() {
    return limits.of(source.tier(), owners.unreadable() > 0, surroundings.areIncomplete());
  }

  private void scan(long nowNanos) {
    Tier before = source.tier();
    try {
      tracker.scan(source, nowNanos);
    } catch (IOException e) {
      LOG.warn("nothing can be seen, which is tried again: {}", e.getMessage());
    }
    if (source.tier() != before) {
      LOG.warn("tier {} from now on: {}", source.tier().number(), source.reason());
    }
  }

  /// How much it saw at the last look.
  Coverage coverage() {
    return coverage;
  }

  @Override
  public void close() {
    source.close();
    translations.close();
    names.close();
    surroundings.close();
  }
}
