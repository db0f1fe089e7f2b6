package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final long SECOND = 1_000_000_000L;

  private final Rounds rounds = new Rounds(100 * SECOND, Duration.ofSeconds(1));

  @Test
  void aSeriesBeginsWithTheRoundBefore() {
    Round first = rounds.next(101 * SECOND, false).orElseThrow();
    Round second = rounds.next(102 * SECOND, false).orElseThrow();

    assertThat(first.previousNanos()).isEqualTo(100 * SECOND);
    assertThat(second.previousNanos()).isEqualTo(101 * SECOND);
    assertThat(second.previousArrived()).isTrue();
    assertThat(second.everything()).isFalse();
  }

  @Test
  void timeNeverStandsStillOrGoesBack() {
    Round first = rounds.next(101 * SECOND, false).orElseThrow();
    Round second = rounds.next(99 * SECOND, false).orElseThrow();

    assertThat(second.nowNanos()).isGreaterThan(first.nowNanos());
  }

  @Test
  void theRoundAfterAFailureComesAsUsualAndHoldsEverything() {
    rounds.next(101 * SECOND, false);
    Round next = rounds.next(102 * SECOND, true).orElseThrow();

    assertThat(next.everything()).isTrue();
    assertThat(next.previousArrived()).isFalse();
  }

  @Test
  void afterFurtherFailuresTheReceiverIsLeftAloneForAWhile() {
    rounds.next(101 * SECOND, false);
    rounds.next(102 * SECOND, true);

    assertThat(rounds.next(103 * SECOND, true)).isEmpty();
    assertThat(rounds.next(104 * SECOND, false))
        .hasValueSatisfying(round -> assertThat(round.everything()).isTrue());
  }

  @Test
  void theLastRoundDoesNotWait() {
    rounds.next(101 * SECOND, false);
    rounds.next(102 * SECOND, true);
    assertThat(rounds.next(103 * SECOND, true)).isEmpty();

    assertThat(rounds.last(103 * SECOND + 1, false).nowNanos()).isEqualTo(103 * SECOND + 1);
  }
}
