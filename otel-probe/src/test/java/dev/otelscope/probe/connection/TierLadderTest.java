package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TierLadderTest {
  private static final long MINUTE = 60_000_000_000L;

  private final Rung second = new Rung(Tier.SOCK_DIAG);
  private final Rung third = new Rung(Tier.OWN_SOCK_DIAG);
  private final Rung fourth = new Rung(Tier.PROC);
  private final List<TierRung> rungs = List.of(second, third, fourth);
  private final Recorder told = new Recorder();
  private long now;

  @Test
  void theBestThatWorksIsTaken() throws IOException {
    TierLadder ladder = new TierLadder(rungs, Optional.empty());

    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
    assertThat(ladder.reason()).isEmpty();
    assertThat(third.opened).isZero();
  }

  @Test
  void itSaysWhyNotABetterOne() throws IOException {
    second.refusal = "give CAP_SYS_ADMIN";
    TierLadder ladder = new TierLadder(rungs, Optional.empty());

    assertThat(ladder.tier()).isEqualTo(Tier.OWN_SOCK_DIAG);
    assertThat(ladder.reason()).isEqualTo("tier 2: give CAP_SYS_ADMIN");
    assertThat(ladder.findings()).extracting(Finding::works).containsExactly(false, true);
  }

  @Test
  void aBestTierCanBeAskedFor() throws IOException {
    TierLadder ladder = new TierLadder(rungs, Optional.of(Tier.PROC));

    assertThat(ladder.tier()).isEqualTo(Tier.PROC);
    assertThat(ladder.reason()).isEqualTo("tier 4 is the best one that was asked for");
    assertThat(second.opened).isZero();
  }

  @Test
  void withoutAnyThatWorksEveryReasonIsSaid() {
    second.refusal = "give CAP_SYS_ADMIN";
    third.refusal = "the kernel needs CONFIG_INET_DIAG";
    fourth.refusal = "mount /proc";

    assertThatThrownBy(() -> new TierLadder(rungs, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CAP_SYS_ADMIN")
        .hasMessageContaining("CONFIG_INET_DIAG")
        .hasMessageContaining("mount /proc");
  }

  @Test
  void oneFailureIsFollowedByAnotherTryOfTheSameTier() throws Exception {
    TierLadder ladder = new TierLadder(rungs, Optional.empty());
    second.failures = 1;

    told.scan(ladder);

    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
    assertThat(second.opened).isEqualTo(2);
    assertThat(second.closed).isEqualTo(1);
    assertThat(told.lost()).containsEntry("tier_failed", 1L);
  }

  @Test
  void twoFailuresInARowLeadDown() throws Exception {
    TierLadder ladder = new TierLadder(rungs, Optional.empty());
    second.failures = 2;

    told.scan(ladder);
    told.scan(ladder);
    told.scan(ladder);

    assertThat(ladder.tier()).isEqualTo(Tier.OWN_SOCK_DIAG);
    assertThat(ladder.reason()).contains("tier 2: it stopped working: no answer");
  }

  @Test
  void failuresLongApartDoNot() throws Exception {
    TierLadder ladder = new TierLadder(rungs, Optional.empty());
    for (int i = 0; i < 5; i++) {
      second.failures = 1;
      told.scan(ladder);
      told.scan(ladder);
    }

    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
  }

  @Test
  void whatIsKnownIsHandedOn() throws Exception {
    TierLadder ladder = new TierLadder(rungs, Optional.empty());
    OpenNamespaces known = second.given;
    second.failures = 2;

    told.scan(ladder);
    told.scan(ladder);

    assertThat(third.given).isSameAs(known);
  }

  @Test
  void whenNothingWorksAnyMoreAllIsTriedAgainAtTheNextScan() throws Exception {
    TierLadder ladder = new TierLadder(List.of(second), Optional.empty());
    second.failures = 2;
    told.scan(ladder);
    assertThatThrownBy(() -> told.scan(ladder)).isInstanceOf(IOException.class);

    told.scan(ladder);

    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
  }

  @Test
  void aTierThatStoppedWorkingIsTriedAgainAfterAMinute() throws Exception {
    TierLadder ladder = ladderThatSteppedDown();
    now += MINUTE - 1;
    told.scan(ladder);
    assertThat(ladder.tier()).isEqualTo(Tier.OWN_SOCK_DIAG);

    now += 1;
    told.scan(ladder);

    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
    assertThat(ladder.reason()).isEmpty();
    assertThat(third.closed).isEqualTo(1);
  }

  @Test
  void triesOfATierThatStaysBrokenGetRareButDoNotEnd() throws Exception {
    TierLadder ladder = ladderThatSteppedDown();
    int triedBefore = second.tried;
    second.refusal = "still broken";
    for (int i = 0; i < 24 * 60; i++) {
      now += MINUTE;
      told.scan(ladder);
    }
    second.refusal = "";
    now += 60 * MINUTE;
    told.scan(ladder);

    assertThat(second.tried - triedBefore).isBetween(24, 32);
    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
  }

  @Test
  void whatWasRefusedAtTheStartIsNotTriedAgain() throws Exception {
    second.refusal = "give CAP_SYS_ADMIN";
    TierLadder ladder = ladder();
    second.refusal = "";
    now += 60 * MINUTE;
    told.scan(ladder);

    assertThat(ladder.tier()).isEqualTo(Tier.OWN_SOCK_DIAG);
  }

  @Test
  void aScanTellsWhatTheTierOfItsBeginningSaw() throws Exception {
    TierLadder ladder = ladderThatSteppedDown();
    now += MINUTE;
    int scansBefore = second.scans;
    told.scan(ladder);
    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
    assertThat(second.scans).isEqualTo(scansBefore);

    told.scan(ladder);
    assertThat(second.scans).isEqualTo(scansBefore + 1);
  }

  @Test
  void ofEachBetterTierTheLatestReasonIsSaid() throws Exception {
    TierLadder ladder = ladderThatSteppedDown();
    second.refusal = "still broken";
    now += MINUTE;
    told.scan(ladder);

    assertThat(ladder.reason()).isEqualTo("tier 2: still broken");
  }

  private TierLadder ladder() throws IOException {
    return new TierLadder(rungs, Optional.empty(), () -> now);
  }

  private TierLadder ladderThatSteppedDown() throws Exception {
    TierLadder ladder = ladder();
    second.failures = 2;
    told.scan(ladder);
    told.scan(ladder);
    assertThat(ladder.tier()).isEqualTo(Tier.OWN_SOCK_DIAG);
    return ladder;
  }

  /// A tier that works as it is told to.
  private static final class Rung implements TierRung {
    private final Tier tier;
    private String refusal = "";
    private int failures;
    private int tried;
    private int opened;
    private int scans;
    private int closed;
    private OpenNamespaces given = new OpenNamespaces();

    private Rung(Tier tier) {
      this.tier = tier;
    }

    @Override
    public Tier tier() {
      return tier;
    }

    @Override
    public ConnectionSource open(OpenNamespaces open) throws IOException {
      tried++;
      if (!refusal.isEmpty()) {
        throw new IOException(refusal);
      }
      opened++;
      given = open;
      return new ConnectionSource() {
        @Override
        public Tier tier() {
          return tier;
        }

        @Override
        public void scan(ConnectionListener listener) throws IOException {
          scans++;
          if (failures > 0) {
            failures--;
            throw new IOException("no answer");
          }
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }
}
