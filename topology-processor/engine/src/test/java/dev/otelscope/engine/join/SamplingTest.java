package dev.otelscope.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.AddressScope;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private static final Side SIDE =
      new Side(
          "test",
          "h1",
          EntityId.of(EntityType.HOST, "h1"),
          Role.CLIENT,
          new FlowKey(
              AddressScope.GLOBAL,
              Transport.TCP,
              IpAddress.parse("10.0.0.1"),
              IpAddress.parse("10.0.0.2"),
              80),
          null,
          "",
          null,
          false,
          0);

  @Test
  void whatIsOpenIsRecentHoweverLongAgoItWasNamed() {
    Sampling sampling = opened(Sampling.NONE, 1_000, 1);
    sampling = open(sampling, 2_000, 2);
    sampling = opened(sampling, 60_000, 3);

    assertThat(recent(sampling)).containsExactlyInAnyOrder(2, 3);
    assertThat(recent(sampling.noneOpenAt(61_000_000_000L))).containsExactly(3);
  }

  @Test
  void everythingIsKnownWhenEachConnectionWasNamed() {
    Sampling sampling = open(opened(Sampling.NONE, 1_000, 1, 2), 1_000, 2, 3);

    assertThat(sampling.isEverything(2, 3)).isTrue();
    assertThat(sampling.isEverything(3, 3)).as("one that was opened is missing").isFalse();
    assertThat(sampling.isEverything(2, 4)).as("one that was open is missing").isFalse();
    assertThat(Sampling.NONE.isEverything(0, 0)).isFalse();
  }

  /// Law 2
  @RepeatedTest(20)
  void theOrderInWhichSamplesComeDoesNotMatter(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<ConnectionsSampled> said = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<Integer> ports = random.ints(3, 1, 300).distinct().boxed().toList();
      said.add(
          new ConnectionsSampled(
              SIDE, random.nextBoolean(), ports, random.nextInt(100) * 1_000_000_000L));
    }
    Map<Integer, Long> inOrder = content(said);
    Collections.shuffle(said, random);
    said.addAll(said.subList(0, 50));

    assertThat(content(said)).isEqualTo(inOrder).hasSize(Sampling.LIMIT);
  }

  private static Map<Integer, Long> content(List<ConnectionsSampled> said) {
    Sampling sampling = Sampling.NONE;
    for (ConnectionsSampled one : said) {
      sampling = sampling.with(one, one.timeNanos() / 1_000_000);
    }
    Map<Integer, Long> content = new TreeMap<>();
    for (int i = 0; i < sampling.size(); i++) {
      content.put(sampling.port(i), sampling.millis(i));
    }
    return content;
  }

  private static List<Integer> recent(Sampling sampling) {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < sampling.size(); i++) {
      if (sampling.isRecent(i)) {
        ports.add(sampling.port(i));
      }
    }
    return ports;
  }

  private static Sampling opened(Sampling sampling, long millis, Integer... ports) {
    return sampling.with(
        new ConnectionsSampled(SIDE, false, List.of(ports), millis * 1_000_000), millis);
  }

  private static Sampling open(Sampling sampling, long millis, Integer... ports) {
    return sampling.with(
        new ConnectionsSampled(SIDE, true, List.of(ports), millis * 1_000_000), millis);
  }
}
