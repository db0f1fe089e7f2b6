package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The reader against the classes generated from OTLP's `.proto` files, on the same bytes.
class MetricsReaderDifferentialTest {
  private final MetricsReader reader = new MetricsReader(OtlpLimits.DEFAULT);

  /// The seed is the number of the repetition.
  @RepeatedTest(50)
  void saysWhatTheGeneratedClassesSay(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    RandomRequests requests = new RandomRequests(random);
    for (int i = 0; i < 100; i++) {
      compare(requests.next().toByteArray());
    }
  }

  @RepeatedTest(50)
  void saysWhatTheGeneratedClassesSayOfUnusualWriters(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    RandomRequests requests = new RandomRequests(random);
    UnusualWire wire = new UnusualWire(random);
    for (int i = 0; i < 100; i++) {
      compare(wire.write(requests.next()));
    }
  }

  static Stream<Captures> captures() {
    return Captures.all().filter(captures -> captures.signal() == Signal.METRICS);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void saysWhatTheGeneratedClassesSayOfCaptures(Captures captures) throws Exception {
    OtlpJson json = new OtlpJson(OtlpLimits.DEFAULT);
    for (String request : captures.requests()) {
      compare(json.toProtobuf(request.getBytes(UTF_8), Signal.METRICS));
    }
  }

  private void compare(byte[] message) throws Exception {
    Transcript expected = new Transcript();
    expected.add(ExportMetricsServiceRequest.parseFrom(message));

    Transcript actual = new Transcript();
    reader.read(message, actual);

    assertThat(actual).hasToString(expected.toString());
  }
}
