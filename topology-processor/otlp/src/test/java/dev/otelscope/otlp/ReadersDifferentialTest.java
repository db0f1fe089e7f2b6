package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The readers against the classes generated from OTLP's `.proto` files, on the same bytes.
class ReadersDifferentialTest {
  private final ReaderUnderTest metrics = new ReaderUnderTest.OfMetrics();
  private final ReaderUnderTest logs = new ReaderUnderTest.OfLogs();

  /// The seed is the number of the repetition.
  @RepeatedTest(50)
  void sayWhatTheGeneratedClassesSay(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    RandomRequests ofMetrics = new RandomMetrics(random);
    RandomRequests ofLogs = new RandomLogs(random);
    for (int i = 0; i < 100; i++) {
      compare(metrics, ofMetrics.next().toByteArray());
      compare(logs, ofLogs.next().toByteArray());
    }
  }

  @RepeatedTest(50)
  void sayWhatTheGeneratedClassesSayOfUnusualWriters(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    RandomRequests ofMetrics = new RandomMetrics(random);
    RandomRequests ofLogs = new RandomLogs(random);
    UnusualWire wire = new UnusualWire(random);
    for (int i = 0; i < 100; i++) {
      compare(metrics, wire.write(ofMetrics.next()));
      compare(logs, wire.write(ofLogs.next()));
    }
  }

  static Stream<Captures> captures() {
    return Captures.all().filter(captures -> captures.signal() == Signal.METRICS);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void sayWhatTheGeneratedClassesSayOfCaptures(Captures captures) throws Exception {
    OtlpJson json = new OtlpJson(OtlpLimits.DEFAULT);
    for (String request : captures.requests()) {
      compare(metrics, json.toProtobuf(request.getBytes(UTF_8), Signal.METRICS));
    }
  }

  private static void compare(ReaderUnderTest reader, byte[] message) throws Exception {
    assertThat(reader.said(message)).isEqualTo(reader.expected(message));
  }
}
