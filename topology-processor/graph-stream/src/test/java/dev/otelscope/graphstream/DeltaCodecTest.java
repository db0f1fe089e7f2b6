package dev.otelscope.graphstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.Revision;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DeltaCodecTest {

  @RepeatedTest(300)
  void whatIsReadIsWhatWasWritten(RepetitionInfo seed) throws Exception {
    GraphDelta delta = new RandomGraphs(seed.getCurrentRepetition()).delta();

    assertThat(DeltaReader.read(DeltaWriter.write(delta))).isEqualTo(delta);
  }

  @Test
  void anIdIsOneObjectHoweverOftenItIsUsed() throws Exception {
    EntityId host = EntityId.of("host", "shop-1");
    GraphDelta delta =
        delta(
            Entity.bare(host, Instant.EPOCH),
            new Entity(
                EntityId.of("process", "shop-1", "1", "b-1"),
                Map.of(),
                Map.of(Entity.Relation.RUNS_ON, host),
                Map.of(),
                Set.of(),
                Instant.EPOCH,
                false));

    List<Entity> read = DeltaReader.read(DeltaWriter.write(delta)).entities();

    assertThat(read.get(1).relations().get(Entity.Relation.RUNS_ON)).isSameAs(read.get(0).id());
  }

  @Test
  void halfASurrogatePairIsReplacedRatherThanRefused() throws Exception {
    Entity entity =
        new Entity(
            EntityId.of("host", "h"),
            Map.of("os.type", AttributeValue.of("a\uD800b")),
            Map.of(),
            Map.of(),
            Set.of(),
            Instant.EPOCH,
            false);

    GraphDelta read = DeltaReader.read(DeltaWriter.write(delta(entity)));

    assertThat(read.entities().get(0).text("os.type")).isEqualTo("a\uFFFDb");
  }

  @Test
  void anErrorNamesTheOffsetAndWhatWasExpected() {
    byte[] bytes = {(byte) 0x82, 0x18, 0x2A}; // an array whose first value is the number 42

    assertThatThrownBy(() -> DeltaReader.read(bytes))
        .isInstanceOf(MalformedGraphException.class)
        .hasMessage("byte 1: expected an array, came VALUE_NUMBER_INT");
  }

  @Test
  void whatFollowsADeltaIsAnError() {
    byte[] bytes = DeltaWriter.write(delta());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);

    assertThatThrownBy(() -> DeltaReader.read(longer))
        .isInstanceOf(MalformedGraphException.class)
        .hasMessageContaining("expected the end");
  }

  @RepeatedTest(50)
  void everyPrefixIsAnError(RepetitionInfo seed) {
    byte[] bytes = DeltaWriter.write(new RandomGraphs(seed.getCurrentRepetition()).delta());

    for (int length = 0; length < bytes.length; length++) {
      byte[] prefix = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> DeltaReader.read(prefix))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(MalformedGraphException.class);
    }
  }

  @RepeatedTest(2_000)
  void anyMutationEndsInAValueOrAnErrorWithAnOffset(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    byte[] bytes = DeltaWriter.write(new RandomGraphs(seed).delta());
    for (int i = random.nextInt(8); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }

    readOrRefuse(bytes);
  }

  @RepeatedTest(2_000)
  void garbageEndsInAnErrorWithAnOffset(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);

    readOrRefuse(bytes);
  }

  @Test
  void aHugeLengthTakesNoMemoryBeforeItsBytesCame() {
    byte[] bytes = {
      (byte) 0x82, (byte) 0x81, 0x7A, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 'a'
    };

    readOrRefuse(bytes);
  }

  @Test
  void textOfAnotherFormatIsAnError() {
    readOrRefuse("{\"base\":\"k3x9:1\"}".getBytes(UTF_8));
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      GraphDelta delta = DeltaReader.read(bytes);
      assertThat(delta.next()).isNotNull();
    } catch (MalformedGraphException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
      assertThat(e).hasMessageStartingWith("byte " + e.offset() + ": ");
    }
  }

  private static GraphDelta delta(Entity... entities) {
    return new GraphDelta(
        Revision.NONE,
        new Revision("k3x9", 1),
        Instant.EPOCH,
        List.of(entities),
        Set.of(),
        List.of(),
        Set.of(),
        List.of(),
        Set.of());
  }
}
