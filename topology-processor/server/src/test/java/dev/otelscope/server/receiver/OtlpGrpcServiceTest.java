package dev.otelscope.server.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpGrpcServiceTest {
  private static final byte[] MESSAGE = "any bytes".getBytes(UTF_8);

  private static TestReceivers receivers;

  @BeforeAll
  static void start() {
    receivers = new TestReceivers();
  }

  @AfterAll
  static void stop() {
    receivers.close();
  }

  @BeforeEach
  void reset() {
    receivers.taken.clear();
    receivers.engine = (signal, bytes) -> new IngestOutcome.Accepted(1);
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.v1.MetricsService,METRICS",
    "logs.v1.LogsService,LOGS",
    "trace.v1.TraceService,TRACES"
  })
  void takesEverySignal(String service, Signal signal) {
    long accepted = receivers.count(Transport.GRPC, signal, Outcome.ACCEPTED);

    AggregatedHttpResponse response =
        call(
            headers().path("/opentelemetry.proto.collector." + service + "/Export"),
            GrpcMessage.frame(MESSAGE));

    assertThat(response.status()).isEqualTo(HttpStatus.OK);
    assertThat(response.content().array()).containsExactly(0, 0, 0, 0, 0);
    assertThat(response.trailers().get("grpc-status")).isEqualTo("0");
    assertThat(receivers.taken).containsExactly(MESSAGE);
    assertThat(receivers.count(Transport.GRPC, signal, Outcome.ACCEPTED)).isEqualTo(accepted + 1);
  }

  @Test
  void takesACompressedMessage() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(MESSAGE);
    }
    byte[] frame = GrpcMessage.frame(compressed.toByteArray());
    frame[0] = 1;

    call(headers().set("grpc-encoding", "gzip"), frame);

    assertThat(receivers.taken).containsExactly(MESSAGE);
  }

  @Test
  void aMessageNeedNotBeCompressedWhereItMayBe() {
    call(headers().set("grpc-encoding", "gzip"), GrpcMessage.frame(MESSAGE));

    assertThat(receivers.taken).containsExactly(MESSAGE);
  }

  @Test
  void aPartlyTakenRequestIsASuccessThatSaysSo() throws Exception {
    receivers.engine = (signal, bytes) -> new IngestOutcome.Partial(7, 3, "too many series");

    AggregatedHttpResponse response = call(headers(), GrpcMessage.frame(MESSAGE));

    assertThat(response.trailers().get("grpc-status")).isEqualTo("0");
    ExportMetricsServiceResponse read =
        ExportMetricsServiceResponse.parseFrom(
            GrpcMessage.read(response.content().array()).bytes());
    assertThat(read.getPartialSuccess().getRejectedDataPoints()).isEqualTo(3);
  }

  @Test
  void aRefusedRequestIsToBeRepeatedAfterADelay() {
    receivers.engine = (signal, bytes) -> new IngestOutcome.Refused(Duration.ofMillis(1_500));

    AggregatedHttpResponse response = call(headers(), GrpcMessage.frame(MESSAGE));

    assertThat(response.headers().get("grpc-status")).isEqualTo("8");
    byte[] details = Base64.getDecoder().decode(response.headers().get("grpc-status-details-bin"));
    assertThat(details)
        .startsWith(8, 8)
        .containsSequence("type.googleapis.com/google.rpc.RetryInfo".getBytes(UTF_8))
        .containsSequence(8, 1, 16, 0x80, 0xCA, 0xB5, 0xEE, 0x01); // Duration: 1 s, 500,000,000 ns
  }

  @Test
  void aMalformedRequestIsToldWhere() {
    receivers.engine = (signal, bytes) -> new IngestOutcome.Malformed(17, "byte 17: 100 % wrong\n");

    AggregatedHttpResponse response = call(headers(), GrpcMessage.frame(MESSAGE));

    assertThat(response.headers().get("grpc-status")).isEqualTo("3");
    assertThat(response.headers().get("grpc-message")).isEqualTo("byte 17: 100 %25 wrong%0A");
  }

  @Test
  void anythingButOneFrameIsMalformed() {
    byte[] frame = GrpcMessage.frame(MESSAGE);
    byte[] flag = frame.clone();
    flag[0] = 2;
    byte[] compressed = frame.clone();
    compressed[0] = 1;

    assertMalformed(new byte[0], "5 bytes");
    assertMalformed(Arrays.copyOf(frame, 3), "5 bytes");
    assertMalformed(Arrays.copyOf(frame, frame.length - 1), "byte 1: expected one message");
    assertMalformed(Arrays.copyOf(frame, frame.length + 5), "byte 1: expected one message");
    assertMalformed(new byte[] {0, -1, -1, -1, -1}, "4294967295");
    assertMalformed(flag, "byte 0: expected a flag of 0 or 1");
    assertMalformed(compressed, "without grpc-encoding");
  }

  @Test
  void anotherEncodingIsUnimplementedAndTheKnownOnesAreNamed() {
    AggregatedHttpResponse response =
        call(headers().set("grpc-encoding", "zstd"), GrpcMessage.frame(MESSAGE));

    assertThat(response.headers().get("grpc-status")).isEqualTo("12");
    assertThat(response.headers().get("grpc-accept-encoding")).isEqualTo("identity,gzip");
  }

  @Test
  void anUnknownMethodIsUnimplemented() {
    AggregatedHttpResponse response =
        call(
            headers().path("/opentelemetry.proto.collector.metrics.v1.MetricsService/Import"),
            GrpcMessage.frame(MESSAGE));

    assertThat(response.status()).isEqualTo(HttpStatus.OK);
    assertThat(response.headers().get("grpc-status")).isEqualTo("12");
  }

  @Test
  void tooManyBytesAreNotToBeRepeated() {
    AggregatedHttpResponse response =
        call(headers(), GrpcMessage.frame(new byte[TestReceivers.LIMITS.requestBytes()]));

    assertThat(response.headers().get("grpc-status")).isEqualTo("8");
    assertThat(response.headers().contains("grpc-status-details-bin")).isFalse();
  }

  @Test
  void whatIsNotGrpcIsUnsupported() {
    AggregatedHttpResponse response =
        call(
            headers().set(HttpHeaderNames.CONTENT_TYPE, "application/x-protobuf"),
            GrpcMessage.frame(MESSAGE));

    assertThat(response.status()).isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
  }

  private static void assertMalformed(byte[] body, String message) {
    AggregatedHttpResponse response = call(headers(), body);
    assertThat(response.headers().get("grpc-status")).isEqualTo("3");
    assertThat(response.headers().get("grpc-message")).contains(message);
    assertThat(receivers.taken).isEmpty();
  }

  private static AggregatedHttpResponse call(RequestHeadersBuilder headers, byte[] body) {
    return receivers.client().execute(headers.build(), HttpData.wrap(body)).aggregate().join();
  }

  private static RequestHeadersBuilder headers() {
    return RequestHeaders.builder(HttpMethod.POST, OtlpGrpcService.path(Signal.METRICS))
        .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc")
        .set(HttpHeaderNames.TE, "trailers");
  }
}
