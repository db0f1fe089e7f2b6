package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalScanTest {
  private final SignalScan scan = new SignalScan(OtlpLimits.DEFAULT);

  @Test
  void spansAreCounted() throws Exception {
    Captures captures = new Captures("spans-otel-sdk.json", Signal.TRACES);
    byte[] json = captures.requests().getFirst().getBytes(UTF_8);
    byte[] message = new OtlpJson(OtlpLimits.DEFAULT).toProtobuf(json, Signal.TRACES);

    assertThat(scan.count(message, Signal.TRACES)).isEqualTo(80);
  }

  @Test
  void anEmptyRequestHasNoRecords() throws Exception {
    assertThat(scan.count(new byte[0], Signal.LOGS)).isZero();
  }

  @Test
  void aMessageCutShortIsMalformed() {
    byte[] message = logs(AnyValue.newBuilder().setStringValue("body").build());

    for (int length = 1; length < message.length; length++) {
      byte[] truncated = Arrays.copyOf(message, length);
      assertThatThrownBy(() -> scan.count(truncated, Signal.LOGS))
          .isInstanceOf(MalformedOtlpException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17})
  void listsMayBeNestedAsDeepAsTheLimitSays(int depth) throws Exception {
    AnyValue body = AnyValue.getDefaultInstance();
    for (int i = 0; i < depth; i++) {
      body = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(body)).build();
    }
    byte[] message = logs(body);

    if (depth <= 16) {
      assertThat(scan.count(message, Signal.LOGS)).isEqualTo(1);
    } else {
      assertThatThrownBy(() -> scan.count(message, Signal.LOGS))
          .isInstanceOf(MalformedOtlpException.class)
          .hasMessageEndingWith("nested deeper than 16");
    }
  }

  private static byte[] logs(AnyValue body) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(
                    ScopeLogs.newBuilder().addLogRecords(LogRecord.newBuilder().setBody(body))))
        .build()
        .toByteArray();
  }
}
