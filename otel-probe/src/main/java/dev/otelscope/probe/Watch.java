package dev.otelscope.probe;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.emission.Coverage;
import dev.otelscope.probe.tracking.ConnectionTracker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the machine through the best source that works, and goes down a tier when one fails.
/// Used by one thread at a time; only [#coverage] may be asked by others.
final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long LOOK_AROUND_NANOS = Duration.ofSeconds(10).toNanos();

  private static final List<Tier> TIERS = List.of(Tier.values());

  private final Sources sources;
  private final ConnectionTracker tracker;
  private final Surroundings surroundings;
  private ConnectionSource source;
  private String reason;
  private long lookedAroundNanos;
  private volatile Coverage coverage; // whole values only, so a reader sees one or the other

  private Watch(
      Sources sources,
      ConnectionTracker tracker,
      Surroundings surroundings,
      ConnectionSource source,
      String reason) {
    this.sources = sources;
    this.tracker = tracker;
    this.surroundings = surroundings;
    this.source = source;
    this.reason = reason;
    this.coverage = new Coverage(source.tier(), reason, Map.of());
  }

  private record Opened(ConnectionSource source, String reason) {}

  /// Opens the best source that works here, and takes the first look.
  ///
  /// @throws IOException when none works
  static Watch begin(Sources sources, ConnectionTracker tracker, Surroundings surroundings)
      throws IOException {
    Opened opened = open(sources, sources.best(), "");
    Watch watch = new Watch(sources, tracker, surroundings, opened.source(), opened.reason());
    watch.look();
    return watch;
  }

  /// Takes a look; never fails, but may see less than before.
  void look() {
    try {
      long now = System.nanoTime();
      if (lookedAroundNanos == 0 || now - lookedAroundNanos >= LOOK_AROUND_NANOS) {
        lookedAroundNanos = now;
        surroundings.look(tracker);
      }
      scan(now);
    } catch (RuntimeException e) {
      LOG.error("a look at the machine failed; the next one comes as usual", e);
    }
    coverage = new Coverage(source.tier(), reason, tracker.lost());
  }

  private void scan(long nowNanos) {
    try {
      tracker.scan(source, nowNanos);
    } catch (IOException e) {
      LOG.warn("tier {} stopped working: {}", source.tier().number(), e.getMessage());
      goDown(e);
    }
  }

  private void goDown(IOException cause) {
    try {
      Opened next = open(sources, below(source.tier()).orElseThrow(() -> cause), say(cause));
      source.close();
      source = next.source();
      reason = next.reason();
    } catch (IOException e) {
      LOG.warn("no other tier works, so it is tried again: {}", e.getMessage());
    }
  }

  private static Opened open(Sources sources, Tier best, String why) throws IOException {
    StringBuilder reasons = new StringBuilder(why);
    for (Optional<Tier> tier = Optional.of(best); tier.isPresent(); tier = below(tier.get())) {
      try {
        Optional<ConnectionSource> opened = sources.open(tier.get());
        if (opened.isPresent()) {
          return new Opened(opened.get(), reasons.toString());
        }
      } catch (IOException e) {
        reasons.append(reasons.isEmpty() ? "" : "; ").append(say(e));
      }
    }
    throw new IOException("no way to see connections works here: " + reasons);
  }

  private static Optional<Tier> below(Tier tier) {
    int next = TIERS.indexOf(tier) + 1;
    return next < TIERS.size() ? Optional.of(TIERS.get(next)) : Optional.empty();
  }

  private static String say(IOException failure) {
    return String.valueOf(failure.getMessage());
  }

  /// How much it saw at the last look.
  Coverage coverage() {
    return coverage;
  }

  @Override
  public void close() {
    source.close();
    surroundings.close();
  }
}
