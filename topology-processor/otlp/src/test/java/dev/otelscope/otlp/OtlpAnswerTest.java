package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Duration;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import org.junit.jupiter.api.Test;

class OtlpAnswerTest {

  @Test
  void fullSuccessIsAnEmptyMessage() throws Exception {
    assertThat(ExportMetricsServiceResponse.parseFrom(OtlpAnswer.success()))
        .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
  }

  @Test
  void partialSuccessSaysHowManyAndWhy() throws Exception {
    String message = "more than 128 attributes ".repeat(20);

    byte[] answer = OtlpAnswer.partialSuccess(300, message);

    assertThat(ExportMetricsServiceResponse.parseFrom(answer).getPartialSuccess())
        .isEqualTo(
            ExportMetricsPartialSuccess.newBuilder()
                .setRejectedDataPoints(300)
                .setErrorMessage(message)
                .build());
    assertThat(
            ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess().getRejectedLogRecords())
        .isEqualTo(300);
  }

  @Test
  void partialSuccessInJsonHasTheSignalsName() {
    assertThat(OtlpAnswer.partialSuccessJson(Signal.TRACES, 2, "too \"many\""))
        .asString(UTF_8)
        .isEqualTo(
            """
            {"partialSuccess":{"rejectedSpans":"2","errorMessage":"too \\"many\\""}}\
            """);
  }

  @Test
  void statusInJsonIsCodeAndMessage() {
    assertThat(OtlpAnswer.statusJson(OtlpAnswer.INVALID_ARGUMENT, "byte 3: no"))
        .asString(UTF_8)
        .isEqualTo("{\"code\":3,\"message\":\"byte 3: no\"}");
  }

  @Test
  void overloadCarriesTheDelay() throws Exception {
    byte[] status = OtlpAnswer.retryStatus("queue is full", java.time.Duration.ofMillis(1_250));

    CodedInputStream in = CodedInputStream.newInstance(status);
    assertThat(in.readTag() >>> 3).isEqualTo(1);
    assertThat(in.readInt32()).isEqualTo(8);
    assertThat(in.readTag() >>> 3).isEqualTo(2);
    assertThat(in.readString()).isEqualTo("queue is full");
    assertThat(in.readTag() >>> 3).isEqualTo(3);
    com.google.protobuf.Any detail = com.google.protobuf.Any.parseFrom(in.readBytes());
    assertThat(in.isAtEnd()).isTrue();
    assertThat(detail.getTypeUrl()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");

    CodedInputStream retryInfo = detail.getValue().newCodedInput();
    assertThat(retryInfo.readTag() >>> 3).isEqualTo(1);
    assertThat(Duration.parseFrom(retryInfo.readBytes()))
        .isEqualTo(Duration.newBuilder().setSeconds(1).setNanos(250_000_000).build());
  }

  @Test
  void aDelayInThePastIsAMistakeOfTheCaller() {
    assertThatThrownBy(() -> OtlpAnswer.retryStatus("", java.time.Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
