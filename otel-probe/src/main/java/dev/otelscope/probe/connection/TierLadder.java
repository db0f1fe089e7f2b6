package dev.otelscope.probe.connection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final List<TierRung> rungs;
  private final OpenNamespaces open = new OpenNamespaces();
  private final List<Finding> findings = new ArrayList<>();
  private final boolean isForced;
  private int rung;
  private boolean failedBefore;
  private ConnectionSource source;

  /// @param rungs the tiers of this program, best first
  /// @param forced the only tier to try, empty for the best that works
  /// @throws IOException when none works; the message says why, for each
  public TierLadder(List<TierRung> rungs, Optional<Tier> forced) throws IOException {
    this.rungs =
        forced.isEmpty()
            ? List.copyOf(rungs)
            : rungs.stream().filter(each -> each.tier() == forced.get()).toList();
    if (this.rungs.isEmpty()) {
      throw new IOException(
          "this probe has no tier "
              + forced.map(tier -> Integer.toString(tier.number())).orElse("at all")
              + "; it has "
              + rungs.stream()
                  .map(each -> Integer.toString(each.tier().number()))
                  .collect(Collectors.joining(", ")));
    }
    isForced = forced.isPresent();
    source = firstThatWorks(0);
  }

  @Override
  public Tier tier() {
    return source.tier();
  }

  /// Why it is not a better tier, one sentence for a person; `otelscope.probe.reason`.
  public String reason() {
    if (rung == 0) {
      return name(rungs.getFirst()) + (isForced ? " was asked for" : " is this probe's best");
    }
    return findings.stream()
        .filter(finding -> !finding.works())
        .map(finding -> finding.subject() + ": " + finding.detail())
        .collect(Collectors.joining("; "));
  }

  /// What was tried up to now, in order.
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public void scan(ConnectionListener listener) throws IOException {
    try {
      source.scan(listener);
      failedBefore = false;
    } catch (IOException e) {
      listener.lost("tier_failed", 1);
      recover(e);
    }
  }

  @Override
  public void close() {
    source.close();
  }

  private void recover(IOException failure) throws IOException {
    source.close();
    findings.add(
        new Finding(name(rungs.get(rung)), false, "stopped working: " + failure.getMessage()));
    int next = failedBefore ? rung + 1 : rung;
    failedBefore = true;
    source = firstThatWorks(next);
  }

  private ConnectionSource firstThatWorks(int first) throws IOException {
    for (int i = first; i < rungs.size(); i++) {
      TierRung candidate = rungs.get(i);
      try {
        ConnectionSource opened = candidate.open(open);
        if (i != rung) {
          failedBefore = false;
        }
        rung = i;
        findings.add(new Finding(name(candidate), true, candidate.tier().description()));
        return opened;
      } catch (IOException e) {
        findings.add(new Finding(name(candidate), false, String.valueOf(e.getMessage())));
      }
    }
    throw new IOException("no way to see connections works here: " + reasons());
  }

  private String reasons() {
    return findings.stream()
        .map(finding -> finding.subject() + ": " + finding.detail())
        .collect(Collectors.joining("; "));
  }

  private static String name(TierRung rung) {
    return "tier " + rung.tier().number();
  }
}
