package dev.otelscope.probe.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LongMapTest {

  /// Random histories with few keys, so that runs of collisions form and break.
  @RepeatedTest(200)
  void behavesAsAHashMap(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long[] keys =
        random.longs(60).map(key -> random.nextBoolean() ? key : key & 0x3F | 1).toArray();
    LongMap<String> map = new LongMap<>();
    Map<Long, String> model = new HashMap<>();

    for (int step = 0; step < 600; step++) {
      long key = keys[random.nextInt(keys.length)];
      if (random.nextInt(5) < 3) {
        map.put(key, "value " + step);
        model.put(key, "value " + step);
      } else {
        map.remove(key);
        model.remove(key);
      }
      assertThat(map.get(key)).isEqualTo(model.get(key));
      assertThat(map.size()).isEqualTo(model.size());
    }

    List<String> values = new ArrayList<>();
    map.forEach(values::add);
    assertThat(values).containsExactlyInAnyOrderElementsOf(model.values());
    for (long key : keys) {
      assertThat(map.get(key)).isEqualTo(model.get(key));
    }
  }

  @Test
  void nothingIsLeftAfterClearing() {
    LongMap<String> map = new LongMap<>();
    map.put(-1, "a");
    map.clear();

    assertThat(map.size()).isZero();
    assertThat(map.get(-1)).isNull();
  }

  @Test
  void zeroIsNotAKey() {
    assertThatThrownBy(() -> new LongMap<String>().get(0)).hasMessageContaining("0 is not a key");
  }
}
