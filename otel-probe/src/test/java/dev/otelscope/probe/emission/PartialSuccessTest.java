package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PartialSuccessTest {
  private final PartialSuccess partialSuccess = new PartialSuccess();

  @Test
  void countsWhatTheReferenceImplementationWrites() {
    partialSuccess.read(answer(1_000_000, "too many series"));
    partialSuccess.read(answer(3, ""));

    assertThat(partialSuccess.rejected()).isEqualTo(1_000_003);
  }

  @Test
  void anEmptyAnswerAndAWarningRefuseNothing() {
    partialSuccess.read(new byte[0]);
    partialSuccess.read(answer(0, "please send less"));

    assertThat(partialSuccess.rejected()).isZero();
  }

  @RepeatedTest(500)
  void noAnswerDoesAnyHarm(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] answer = answer(random.nextLong(), "x".repeat(random.nextInt(40)));
    for (int i = random.nextInt(8); i > 0 && answer.length > 0; i--) {
      answer[random.nextInt(answer.length)] = (byte) random.nextInt();
    }
    partialSuccess.read(answer);

    assertThat(partialSuccess.rejected()).isNotNegative();
  }

  private static byte[] answer(long rejected, String message) {
    return ExportMetricsServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportMetricsPartialSuccess.newBuilder()
                .setRejectedDataPoints(rejected)
                .setErrorMessage(message))
        .build()
        .toByteArray();
  }
}
