package dev.otelscope.probe.connection;

import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Watches through the best tier that works here, and steps down when that one fails. Asked by one
/// thread.
public final class TierLadder implements ConnectionSource {
  /*
   * Stepping down
   *   A scan that fails may have told a part already, so it is not repeated: what it did not tell is
   *   told by the next one, in time for nothing to be taken for gone (OpenSockets waits for a second
   *   miss). The tier that failed is opened anew once; when its next scan fails as well, the next tier
   *   takes over.
   *
   * Climbing again
   *   A tier that worked once is tried again after a minute, then after two, four … up to an hour, so
   *   that one which fails again and again costs nothing. What was refused at the start is not: a
   *   process gains no privileges. Both happen after a scan, never within one: who listens must see
   *   the new tier before its first word.
   */
  private static final int FINDINGS_LIMIT = 32;
  private static final long FIRST_WAIT_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST_WAIT_NANOS = Duration.ofHours(1).toNanos();

  private final List<TierRung> rungs;
  private final boolean isLimited;
  private final OpenNamespaces open = new OpenNamespaces();
  private final List<Finding> findings = new ArrayList<>();
  private final LongSupplier clock;
  private int bestThatWorked;
  private long waitNanos = FIRST_WAIT_NANOS;
  private long climbNanos;
  private int rung;
  private boolean failedBefore;
  private boolean isDown;
  private ConnectionSource source;

  /// @param rungs the tiers of this program, best first
  /// @param best the best one to try, empty for the best there is
  /// @throws IOException when none works; the message says why, for each
  public TierLadder(List<TierRung> rungs, Optional<Tier> best) throws IOException {
    this(rungs, best, System::nanoTime);
  }

  /// @param clock nanoseconds, never goes back
  TierLadder(List<TierRung> rungs, Optional<Tier> best, LongSupplier clock) throws IOException {
    this.clock = clock;
    int limit = best.map(Tier::number).orElse(0);
    this.rungs = rungs.stream().filter(each -> each.tier().number() >= limit).toList();
    isLimited = this.rungs.size() < rungs.size();
    if (this.rungs.isEmpty()) {
      throw new IOException("this probe has no tier " + limit + " or below");
    }
    source = firstThatWorks(0);
    bestThatWorked = rung;
  }

  @Override
  public Tier tier() {
    return source.tier();
  }

  /// Why it is not a better tier, for a person; `otelscope.probe.reason`. Empty when it is the best
  /// one of this probe.
  public String reason() {
    if (rung > 0) {
      return rungs.subList(0, rung).stream()
          .flatMap(better -> lastRefusal(better).stream())
          .collect(Collectors.joining("; "));
    }
    return isLimited ? name(rungs.getFirst()) + " is the best one that was asked for" : "";
  }

  /// What was tried up to now, in order.
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /// @throws IOException when the last tier has stopped working, too; the next scan tries all again
  @Override
  public void scan(ConnectionListener listener) throws IOException {
    if (isDown) {
      source = firstThatWorks(0);
      isDown = false;
    }
    try {
      source.scan(listener);
      failedBefore = false;
      if (rung > bestThatWorked && clock.getAsLong() - climbNanos >= 0) {
        climb();
      }
    } catch (IOException e) {
      listener.lost("tier_failed", 1);
      recover(e);
    }
  }

  /// @throws IOException as [#scan]
  @Override
  public void tellSingly(Set<ServerAddress> servers) throws IOException {
    try {
      source.tellSingly(servers);
    } catch (IOException e) {
      recover(e);
    }
  }

  @Override
  public Optional<ProcessTrace> traceOf(ProcessIdentity process) {
    return isDown ? Optional.empty() : source.traceOf(process);
  }

  @Override
  public void close() {
    source.close();
  }

  private Optional<String> lastRefusal(TierRung of) {
    return findings.reversed().stream()
        .filter(finding -> !finding.works() && finding.subject().equals(name(of)))
        .map(Finding::toString)
        .findFirst();
  }

  /// Takes a better tier again, if one works.
  private void climb() {
    for (int i = bestThatWorked; i < rung; i++) {
      Optional<ConnectionSource> better = tryToOpen(rungs.get(i));
      if (better.isPresent()) {
        source.close();
        source = better.get();
        rung = i;
        return;
      }
    }
    waitToClimb();
  }

  private void waitToClimb() {
    climbNanos = clock.getAsLong() + waitNanos;
    waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT_NANOS);
  }

  private void recover(IOException failure) throws IOException {
    source.close();
    note(rungs.get(rung), false, "it stopped working: " + failure.getMessage());
    int next = failedBefore ? rung + 1 : rung;
    if (failedBefore) {
      waitToClimb();
    }
    failedBefore = true;
    isDown = true;
    source = firstThatWorks(next);
    isDown = false;
  }

  private ConnectionSource firstThatWorks(int first) throws IOException {
    for (int i = first; i < rungs.size(); i++) {
      Optional<ConnectionSource> opened = tryToOpen(rungs.get(i));
      if (opened.isPresent()) {
        failedBefore = failedBefore && i == rung;
        rung = i;
        return opened.get();
      }
    }
    throw new IOException("no way to see connections works here: " + findings);
  }

  private Optional<ConnectionSource> tryToOpen(TierRung candidate) {
    try {
      ConnectionSource opened = candidate.open(open);
      note(candidate, true, candidate.tier().description());
      return Optional.of(opened);
    } catch (IOException e) {
      note(candidate, false, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void note(TierRung rung, boolean works, String detail) {
    if (findings.size() == FINDINGS_LIMIT) {
      findings.removeFirst();
    }
    findings.add(new Finding(name(rung), works, detail));
  }

  private static String name(TierRung rung) {
    return "tier " + rung.tier().number();
  }
}
