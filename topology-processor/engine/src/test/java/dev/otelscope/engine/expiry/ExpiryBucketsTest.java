package dev.otelscope.engine.expiry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ExpiryBucketsTest {
  private static final int PLENTY = Integer.MAX_VALUE;
  private static final long TIME_TO_LIVE = 15_000;
  private static final long GRANULE = 250;

  private final ExpiryBuckets<String> buckets = new ExpiryBuckets<>(TIME_TO_LIVE, GRANULE);
  private final List<String> expired = new ArrayList<>();

  @Test
  void aKeyGoesOnceItsTimeIsOver() {
    buckets.touch("flow", 0);

    buckets.expire(TIME_TO_LIVE, PLENTY, expired::add);
    assertThat(expired).isEmpty();

    buckets.expire(TIME_TO_LIVE + 2 * GRANULE, PLENTY, expired::add);
    assertThat(expired).containsExactly("flow");
    assertThat(buckets.size()).isZero();
  }

  @Test
  void touchingKeepsItAlive() {
    for (long now = 0; now < 10 * TIME_TO_LIVE; now += TIME_TO_LIVE / 2) {
      buckets.touch("flow", now);
      buckets.expire(now, PLENTY, expired::add);
    }
    assertThat(expired).isEmpty();
  }

  @Test
  void aSmallBudgetOnlyDelays() {
    for (int i = 0; i < 100; i++) {
      buckets.touch("flow-" + i, 0);
    }
    long later = 2 * TIME_TO_LIVE;

    assertThat(buckets.expire(later, 60, expired::add)).isZero();
    assertThat(expired).hasSize(60);

    assertThat(buckets.expire(later, 60, expired::add)).isEqualTo(20);
    assertThat(expired).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void aKeyRemovedAndSeenAgainLivesItsWholeSecondLife() {
    buckets.touch("flow", 0);
    buckets.remove("flow");
    buckets.touch("flow", TIME_TO_LIVE - 1);

    buckets.expire(TIME_TO_LIVE + 2 * GRANULE, PLENTY, expired::add);
    assertThat(expired).isEmpty();
  }

  /// Random histories, starting anywhere on the time line, against a map of last touches.
  @RepeatedTest(500)
  void behavesAsAMapOfLastTouches(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<String, Long> model = new HashMap<>();
    long now = random.nextLong(-TIME_TO_LIVE * 100, TIME_TO_LIVE * 100);

    for (int step = 0; step < 400; step++) {
      now += random.nextLong(random.nextInt(50) == 0 ? 3 * TIME_TO_LIVE : 2 * GRANULE);
      String key = "flow-" + random.nextInt(40);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          buckets.touch(key, now);
          model.put(key, now);
        }
        case 2 -> {
          buckets.remove(key);
          model.remove(key);
        }
        default -> {
          long present = now;
          int left =
              buckets.expire(
                  now, random.nextInt(1, 60), gone -> assertExpired(model, gone, present));
          if (left > 0) {
            assertThat(model.values())
                .allMatch(touched -> present - touched <= TIME_TO_LIVE + 2 * GRANULE);
          }
        }
      }
      assertThat(buckets.size()).isEqualTo(model.size());
    }
  }

  private static void assertExpired(Map<String, Long> model, String key, long now) {
    assertThat(model).as("alive until now").containsKey(key);
    long touched = requireNonNull(model.remove(key));
    assertThat(now - touched).as("%s was not early", key).isGreaterThanOrEqualTo(TIME_TO_LIVE);
  }
}
