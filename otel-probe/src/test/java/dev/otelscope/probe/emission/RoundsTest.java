package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.emission.Rounds.Outcome;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final long SECOND = 1_000_000_000L;

  private final Rounds rounds =
      new Rounds(
          100 * SECOND,
          Duration.ofSeconds(1),
          Temporality.preferredBy(
              new FakeExporter(AggregationTemporalitySelector.alwaysCumulative())));

  @Test
  void aSeriesBeginsWithTheRoundBefore() {
    Round first = rounds.next(101 * SECOND, Outcome.ARRIVED).orElseThrow();
    Round second = rounds.next(102 * SECOND, Outcome.ARRIVED).orElseThrow();

    assertThat(first.previousNanos()).isEqualTo(100 * SECOND);
    assertThat(second.previousNanos()).isEqualTo(101 * SECOND);
    assertThat(second.previousArrived()).isTrue();
    assertThat(second.everything()).isFalse();
  }

  @Test
  void timeNeverStandsStillOrGoesBack() {
    Round first = rounds.next(101 * SECOND, Outcome.ARRIVED).orElseThrow();
    Round second = rounds.next(99 * SECOND, Outcome.ARRIVED).orElseThrow();

    assertThat(second.nowNanos()).isGreaterThan(first.nowNanos());
  }

  @Test
  void theRoundAfterAFailureComesAsUsualAndHoldsEverything() {
    rounds.next(101 * SECOND, Outcome.ARRIVED);
    Round next = rounds.next(102 * SECOND, Outcome.FAILED).orElseThrow();

    assertThat(next.everything()).isTrue();
    assertThat(next.previousArrived()).isFalse();
  }

  @Test
  void afterFurtherFailuresTheReceiverIsLeftAloneForAWhile() {
    rounds.next(101 * SECOND, Outcome.ARRIVED);
    rounds.next(102 * SECOND, Outcome.FAILED);

    assertThat(rounds.next(103 * SECOND, Outcome.FAILED)).isEmpty();
    assertThat(rounds.next(104 * SECOND, Outcome.ARRIVED))
        .hasValueSatisfying(round -> assertThat(round.everything()).isTrue());
  }

  @Test
  void theLastRoundDoesNotWait() {
    rounds.next(101 * SECOND, Outcome.ARRIVED);
    rounds.next(102 * SECOND, Outcome.FAILED);
    assertThat(rounds.next(103 * SECOND, Outcome.FAILED)).isEmpty();

    Round last = rounds.last(103 * SECOND + 1, Outcome.ARRIVED);
    assertThat(last.nowNanos()).isEqualTo(103 * SECOND + 1);
    assertThat(last.everything()).isTrue();
  }

  @Test
  void aReceiverThatAsksForRestGetsIt() {
    rounds.next(101 * SECOND, Outcome.ARRIVED);
    assertThat(rounds.next(102 * SECOND, rest(Duration.ofSeconds(20)))).isEmpty();

    assertThat(rounds.next(120 * SECOND, Outcome.ARRIVED)).isEmpty();
    assertThat(rounds.next(121 * SECOND, Outcome.ARRIVED))
        .hasValueSatisfying(round -> assertThat(round.everything()).isTrue());
  }

  @Test
  void noReceiverGetsMoreThanFiveMinutesOfRest() {
    rounds.next(101 * SECOND, Outcome.ARRIVED);
    assertThat(rounds.next(102 * SECOND, rest(Duration.ofDays(1)))).isEmpty();

    assertThat(rounds.next(400 * SECOND, Outcome.ARRIVED)).isEmpty();
    assertThat(rounds.next(401 * SECOND, Outcome.ARRIVED)).isPresent();
  }

  private static Outcome rest(Duration rest) {
    return new Outcome(true, rest);
  }
}
