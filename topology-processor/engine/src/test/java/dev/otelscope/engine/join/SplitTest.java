package dev.otelscope.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final EntityId ONE = EntityId.of(EntityType.HOST, "one");
  private static final EntityId TWO = EntityId.of(EntityType.HOST, "two");
  private static final EntityId THREE = EntityId.of(EntityType.HOST, "three");

  @Test
  void aSumIsDividedByShares() {
    Split split = Split.NONE.at(10, Map.of(ONE, 0.25, TWO, 0.75));

    assertThat(split.of(ONE) + split.of(TWO)).isEqualTo(10);
    assertThat(split.of(TWO)).isBetween(7.0, 8.0);
  }

  @Test
  void whatIsAddedOneByOneIsDividedLikeTheSum() {
    Split split = Split.NONE;
    for (int total = 1; total <= 100; total++) {
      split = split.at(total, Map.of(ONE, 0.2, TWO, 0.8));
    }

    assertThat(split.of(ONE)).isEqualTo(20);
    assertThat(split.of(TWO)).isEqualTo(80);
  }

  @Test
  void whoHasNoShareAnyMoreKeepsWhatItWasGiven() {
    Split split = Split.NONE.at(10, Map.of(ONE, 1.0)).at(14, Map.of(TWO, 1.0));

    assertThat(split.of(ONE)).isEqualTo(10);
    assertThat(split.of(TWO)).isEqualTo(4);
  }

  @RepeatedTest(50)
  void noPartEverShrinksAndTheirSumIsWhatWasCounted(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<EntityId> ends = List.of(ONE, TWO, THREE);
    Split split = Split.NONE;
    Map<EntityId, Double> before = new HashMap<>();
    double total = 0;
    for (int step = 0; step < 100; step++) {
      total += random.nextInt(4) == 0 ? random.nextInt(1_000_000) : random.nextInt(4);
      split = split.at(total, shares(random, ends));

      double sum = 0;
      for (EntityId end : ends) {
        assertThat(split.of(end)).isGreaterThanOrEqualTo(before.getOrDefault(end, 0.0));
        assertThat(split.of(end) % 1).as("whole numbers").isZero();
        before.put(end, split.of(end));
        sum += split.of(end);
      }
      assertThat(sum).isEqualTo(total);
    }
  }

  private static Map<EntityId, Double> shares(Random random, List<EntityId> ends) {
    Map<EntityId, Double> shares = new LinkedHashMap<>();
    ends.forEach(end -> shares.put(end, random.nextInt(3) == 0 ? 0.001 : random.nextDouble()));
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    shares.replaceAll((end, share) -> share / sum);
    return shares;
  }
}
