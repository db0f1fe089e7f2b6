package dev.otelscope.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({"'', '', 0", "port, port, 0", "prot, port, 2", "'', host, 4", "host, hosts, 1"})
  void countsTheChangesOfOneCharacter(String from, String to, int changes) {
    assertThat(Nearest.distance(from, to)).isEqualTo(changes);
    assertThat(Nearest.distance(to, from)).isEqualTo(changes);
  }

  @Test
  void findsWhatSomebodyMeant() {
    assertThat(Nearest.to("otlp-htp-port", List.of("port", "otlp-grpc-port", "otlp-http-port")))
        .isEqualTo("otlp-http-port");
  }
}
