package dev.otelscope.probe.connection;

import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Watches through the best tier that works here, and steps down when that one fails. Asked by one
/// thread.
public final class TierLadder implements ConnectionSource {
  /*
   * Stepping down
   *   A scan that fails may have told a part already, so it is not repeated: what it did not tell is
   *   told by the next one, in time for nothing to be taken for gone (OpenSockets waits for a second
   *   miss). The tier that failed is opened anew once; when its next scan fails as well, the next tier
   *   takes over. The probe does not climb again by itself: what failed twice needs a person.
   */
  private static final int FINDINGS_LIMIT = 32;

  private final List<TierRung> rungs;
  private final boolean isLimited;
  private final OpenNamespaces open = new OpenNamespaces();
  private final List<Finding> findings = new ArrayList<>();
  private int rung;
  private boolean failedBefore;
  private boolean isDown;
  private ConnectionSource source;

  /// @param rungs the tiers of this program, best first
  /// @param best the best one to try, empty for the best there is
  /// @throws IOException when none works; the message says why, for each
  public TierLadder(List<TierRung> rungs, Optional<Tier> best) throws IOException {
    int limit = best.map(Tier::number).orElse(0);
    this.rungs = rungs.stream().filter(each -> each.tier().number() >= limit).toList();
    isLimited = this.rungs.size() < rungs.size();
    if (this.rungs.isEmpty()) {
      throw new IOException("this probe has no tier " + limit + " or below");
    }
    source = firstThatWorks(0);
  }

  @Override
  public Tier tier() {
    return source.tier();
  }

  /// Why it is not a better tier, for a person; `otelscope.probe.reason`. Empty when it is the best
  /// one of this probe.
  public String reason() {
    if (rung > 0) {
      return findings.stream()
          .filter(finding -> !finding.works())
          .map(Finding::toString)
          .distinct()
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

  private void recover(IOException failure) throws IOException {
    source.close();
    note(rungs.get(rung), false, "it stopped working: " + failure.getMessage());
    int next = failedBefore ? rung + 1 : rung;
    failedBefore = true;
    isDown = true;
    source = firstThatWorks(next);
    isDown = false;
  }

  private ConnectionSource firstThatWorks(int first) throws IOException {
    for (int i = first; i < rungs.size(); i++) {
      TierRung candidate = rungs.get(i);
      try {
        ConnectionSource opened = candidate.open(open);
        failedBefore = failedBefore && i == rung;
        rung = i;
        note(candidate, true, candidate.tier().description());
        return opened;
      } catch (IOException e) {
        note(candidate, false, String.valueOf(e.getMessage()));
      }
    }
    throw new IOException("no way to see connections works here: " + findings);
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
