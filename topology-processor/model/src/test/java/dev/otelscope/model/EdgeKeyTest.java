package dev.otelscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeKeyTest {
  private static final EntityId A = EntityId.of("process", "a");
  private static final EntityId B = EntityId.of("process", "b");

  @Test
  void isSortedByClientServerPortAndTransport() {
    List<EdgeKey> sorted =
        List.of(
            new EdgeKey(A, A, Transport.TCP, 9),
            new EdgeKey(A, B, Transport.UDP, 1),
            new EdgeKey(A, B, Transport.TCP, 2),
            new EdgeKey(A, B, Transport.UDP, 2),
            new EdgeKey(B, A, Transport.TCP, 0));

    assertThat(sorted.reversed().stream().sorted()).isEqualTo(sorted);
  }

  @Test
  void everyPartMakesAnotherEdge() {
    EdgeKey key = new EdgeKey(A, B, Transport.TCP, 80);

    assertThat(key)
        .isEqualTo(new EdgeKey(EntityId.parse("process~a"), B, Transport.TCP, 80))
        .hasSameHashCodeAs(new EdgeKey(EntityId.parse("process~a"), B, Transport.TCP, 80));
    assertThat(
            Stream.of(
                new EdgeKey(B, B, Transport.TCP, 80),
                new EdgeKey(A, A, Transport.TCP, 80),
                new EdgeKey(A, B, Transport.UDP, 80),
                new EdgeKey(A, B, Transport.TCP, 81)))
        .doesNotContain(key);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortIsA16BitNumber(int port) {
    assertThatThrownBy(() -> new EdgeKey(A, B, Transport.TCP, port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(port));
  }
}
