package dev.otelscope.engine.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.observation.Reading;
import dev.otelscope.engine.observation.Reading.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CounterFoldTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_SEGMENTS = 3;
  private static final int MOST_DELTAS = 12;

  private final CounterFold fold = new CounterFold();

  @Test
  void aFirstPointCountsInTotalsButNotInRates() {
    assertThat(cumulative(0, 10, 500)).isEqualTo(Verdict.FIRST);

    assertThat(fold.total()).isEqualTo(500);
    assertThat(fold.rate(10)).isZero();
  }

  @Test
  void aRateIsTheIncreaseOfFifteenSecondsByFifteen() {
    cumulative(1, 10, 500);
    cumulative(1, 12, 530);

    assertThat(fold.rate(12)).isEqualTo(2.0);
    assertThat(fold.rate(26)).isEqualTo(2.0);
    assertThat(fold.rate(27)).isZero();
  }

  @Test
  void aNewStartAddsFromZero() {
    cumulative(1, 10, 500);

    assertThat(cumulative(11, 12, 30)).isEqualTo(Verdict.GREW);
    assertThat(fold.total()).isEqualTo(530);
  }

  @Test
  void aDecreaseWithoutANewStartIsAReset() {
    cumulative(0, 10, 500);
    cumulative(0, 12, 30);
    cumulative(0, 13, 35);

    assertThat(fold.total()).isEqualTo(535);
  }

  @Test
  void lateAndRepeatedPointsChangeNothing() {
    cumulative(1, 10, 500);

    assertThat(cumulative(1, 10, 500)).isEqualTo(Verdict.DUPLICATE);
    assertThat(cumulative(1, 9, 450)).isEqualTo(Verdict.DUPLICATE);
    assertThat(fold.total()).isEqualTo(500);
  }

  @Test
  void deltasAddUpOnceWhateverTheirOrder() {
    delta(10, 11, 5);
    delta(13, 14, 7);

    assertThat(delta(11, 12, 3)).as("fits the gap").isEqualTo(Verdict.GREW);
    assertThat(delta(11, 12, 3)).isEqualTo(Verdict.DUPLICATE);
    assertThat(delta(8, 10, 1)).as("before the first").isEqualTo(Verdict.GREW);
    assertThat(fold.total()).isEqualTo(16);
  }

  /// Random histories with resets, each point sent once or more, in any order, against the sum.
  @RepeatedTest(200)
  void cumulativePointsInAnyOrderGiveTheSumOfTheirSegments(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Reading> points = new ArrayList<>();
    double truth = 0;
    long time = 100;
    for (int segment = 0; segment < 1 + random.nextInt(MOST_SEGMENTS); segment++) {
      long start = time;
      double value = 0;
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        time += 1 + random.nextInt(3);
        value += random.nextInt(10);
        points.add(reading(Kind.CUMULATIVE, start, time, value));
      }
      truth += value;
    }
    deliver(points, random);

    assertThat(fold.total()).isEqualTo(truth);
  }

  @RepeatedTest(200)
  void deltaPointsInAnyOrderGiveTheirSum(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Reading> points = new ArrayList<>();
    double truth = 0;
    long time = 100;
    for (int i = 0; i < 1 + random.nextInt(MOST_DELTAS); i++) {
      long start = time + random.nextInt(3); // an interval in which nothing changed is left out
      time = start + 1 + random.nextInt(3);
      double value = random.nextInt(10);
      points.add(reading(Kind.DELTA, start, time, value));
      truth += value;
    }
    deliver(points, random);

    assertThat(fold.total()).isEqualTo(truth);
  }

  private void deliver(List<Reading> points, Random random) {
    List<Reading> mail = new ArrayList<>(points);
    for (Reading point : points) {
      if (random.nextInt(3) == 0) {
        mail.add(point);
      }
    }
    Collections.shuffle(mail, random);
    mail.forEach(point -> fold.apply(point, point.timeNanos() / SECOND));
  }

  private Verdict cumulative(long start, long time, double value) {
    return fold.apply(reading(Kind.CUMULATIVE, start, time, value), time);
  }

  private Verdict delta(long start, long time, double value) {
    return fold.apply(reading(Kind.DELTA, start, time, value), time);
  }

  private static Reading reading(Kind kind, long start, long time, double value) {
    return new Reading(kind, start * SECOND, time * SECOND, value);
  }
}
