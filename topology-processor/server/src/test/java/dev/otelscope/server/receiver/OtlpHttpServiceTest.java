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
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpHttpServiceTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final byte[] REQUEST =
      ExportMetricsServiceRequest.newBuilder()
          .addResourceMetrics(ResourceMetrics.newBuilder().setSchemaUrl("https://example.com"))
          .build()
          .toByteArray();

  private static TestReceivers receivers;
  private long before;

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
    before = receivers.allCounts();
  }

  @AfterEach
  void everyRequestCountsOnce() {
    assertThat(receivers.allCounts() - before).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"metrics,METRICS", "logs,LOGS", "traces,TRACES"})
  void takesEverySignal(String path, Signal signal) {
    long accepted = receivers.count(Transport.HTTP, signal, Outcome.ACCEPTED);

    AggregatedHttpResponse response = post("/v1/" + path, headers(PROTOBUF), new byte[0]);

    assertThat(response.status()).isEqualTo(HttpStatus.OK);
    assertThat(response.contentType()).hasToString(PROTOBUF);
    assertThat(response.content().isEmpty()).isTrue();
    assertThat(receivers.count(Transport.HTTP, signal, Outcome.ACCEPTED)).isEqualTo(accepted + 1);
  }

  @Test
  void handsOnWhatCame() {
    post(headers(PROTOBUF), REQUEST);

    assertThat(receivers.taken).containsExactly(REQUEST);
  }

  @Test
  void handsOnWhatCameCompressed() throws Exception {
    post(headers(PROTOBUF).set(HttpHeaderNames.CONTENT_ENCODING, "gzip"), gzip(REQUEST));

    assertThat(receivers.taken).containsExactly(REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json; charset=utf-8"})
  void takesJsonAndAnswersInJson(String type) {
    byte[] json = "{\"resourceMetrics\":[{\"schemaUrl\":\"https://example.com\"}]}".getBytes(UTF_8);

    AggregatedHttpResponse response = post(headers(type), json);

    assertThat(response.status()).isEqualTo(HttpStatus.OK);
    assertThat(response.contentUtf8()).isEqualTo("{}");
    assertThat(receivers.taken).containsExactly(REQUEST);
  }

  @Test
  void anEmptyJsonObjectIsARequest() {
    assertThat(post(headers("application/json"), "{}".getBytes(UTF_8)).status())
        .isEqualTo(HttpStatus.OK);
  }

  @Test
  void aPartlyTakenRequestIsASuccessThatSaysSo() throws Exception {
    receivers.engine = (signal, bytes) -> new IngestOutcome.Partial(7, 3, "too many series");

    AggregatedHttpResponse response = post(headers(PROTOBUF), REQUEST);
    AggregatedHttpResponse json = post(headers("application/json"), "{}".getBytes(UTF_8));
    before++;

    assertThat(response.status()).isEqualTo(HttpStatus.OK);
    ExportMetricsServiceResponse read =
        ExportMetricsServiceResponse.parseFrom(response.content().array());
    assertThat(read.getPartialSuccess().getRejectedDataPoints()).isEqualTo(3);
    assertThat(read.getPartialSuccess().getErrorMessage()).isEqualTo("too many series");
    assertThat(json.contentUtf8())
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedDataPoints\":\"3\",\"errorMessage\":\"too many series\"}}");
  }

  @Test
  void aRefusedRequestIsToBeRepeatedLater() {
    receivers.engine = (signal, bytes) -> new IngestOutcome.Refused(Duration.ofMillis(1_200));

    AggregatedHttpResponse response = post(headers("application/json"), "{}".getBytes(UTF_8));

    assertThat(response.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(response.headers().get(HttpHeaderNames.RETRY_AFTER)).isEqualTo("2");
    assertThat(response.contentUtf8()).contains("\"code\":8");
  }

  @Test
  void aMalformedRequestIsToldWhere() {
    receivers.engine =
        (signal, bytes) -> new IngestOutcome.Malformed(17, "byte 17: a field without a type");

    AggregatedHttpResponse response = post(headers(PROTOBUF), REQUEST);

    assertThat(response.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(response.contentType()).hasToString(PROTOBUF);
    assertThat(response.content().array())
        .startsWith(8, 3) // google.rpc.Status: code INVALID_ARGUMENT
        .containsSequence("byte 17: a field without a type".getBytes(UTF_8));
  }

  @Test
  void malformedJsonIsToldWhereInJson() {
    AggregatedHttpResponse response =
        post(headers("application/json"), "{\"resourceMetrics\":7}".getBytes(UTF_8));

    assertThat(response.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(response.contentType()).hasToString("application/json");
    assertThat(response.contentUtf8()).contains("\"code\":3").containsPattern("byte \\d+: ");
    assertThat(receivers.taken).isEmpty();
  }

  @Test
  void whatIsNotGzipIsMalformed() {
    AggregatedHttpResponse response =
        post(headers(PROTOBUF).set(HttpHeaderNames.CONTENT_ENCODING, "gzip"), REQUEST);

    assertThat(response.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(response.contentUtf8()).contains("the body is not gzip");
  }

  @Test
  void gzipThatEndsTooEarlyIsMalformed() throws Exception {
    byte[] whole = gzip(new byte[10_000]);

    AggregatedHttpResponse response =
        post(
            headers(PROTOBUF).set(HttpHeaderNames.CONTENT_ENCODING, "gzip"),
            Arrays.copyOf(whole, whole.length / 2));

    assertThat(response.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(response.contentUtf8()).contains("ends too early");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void anotherContentTypeIsUnsupported(String type) {
    AggregatedHttpResponse response = post(headers(type), REQUEST);

    assertThat(response.status()).isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    assertThat(response.contentUtf8()).contains("application/x-protobuf");
  }

  @Test
  void noContentTypeIsUnsupported() {
    assertThat(post(RequestHeaders.builder(), REQUEST).status())
        .isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "br", "gzip, gzip"})
  void anotherEncodingIsUnsupported(String encoding) {
    AggregatedHttpResponse response =
        post(headers(PROTOBUF).set(HttpHeaderNames.CONTENT_ENCODING, encoding), REQUEST);

    assertThat(response.status()).isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    assertThat(response.contentUtf8()).contains(encoding);
  }

  @Test
  void tooManyBytesAreTooLarge() {
    long before413 = receivers.count(Transport.HTTP, Signal.METRICS, Outcome.TOO_LARGE);

    AggregatedHttpResponse response =
        post(headers(PROTOBUF), new byte[TestReceivers.LIMITS.requestBytes() + 1]);

    assertThat(response.status()).isEqualTo(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    assertThat(response.contentUtf8()).contains("100000 bytes");
    assertThat(receivers.count(Transport.HTTP, Signal.METRICS, Outcome.TOO_LARGE))
        .isEqualTo(before413 + 1);
  }

  @Test
  void aBombIsTooLargeBeforeItIsUnpacked() throws Exception {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(TestReceivers.LIMITS.requestBytes());

    AggregatedHttpResponse response =
        post(headers(PROTOBUF).set(HttpHeaderNames.CONTENT_ENCODING, "gzip"), bomb);

    assertThat(response.status()).isEqualTo(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    assertThat(response.contentUtf8()).contains("1000000 bytes when decompressed");
  }

  @Test
  void aMistakeOfOursIsToBeRepeated() {
    receivers.engine =
        (signal, bytes) -> {
          throw new IllegalStateException("thrown by the test");
        };

    assertThat(post(headers(PROTOBUF), REQUEST).status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
  }

  @Test
  void onlyPostIsAllowed() {
    assertThat(receivers.client().get("/v1/metrics").aggregate().join().status())
        .isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
  }

  @Test
  void anotherPathIsNotFound() {
    assertThat(post("/v1/profiles", headers(PROTOBUF), REQUEST).status())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  private static AggregatedHttpResponse post(RequestHeadersBuilder headers, byte[] body) {
    return post("/v1/metrics", headers, body);
  }

  private static AggregatedHttpResponse post(
      String path, RequestHeadersBuilder headers, byte[] body) {
    return receivers
        .client()
        .execute(headers.method(HttpMethod.POST).path(path).build(), HttpData.wrap(body))
        .aggregate()
        .join();
  }

  private static RequestHeadersBuilder headers(String type) {
    return RequestHeaders.builder().set(HttpHeaderNames.CONTENT_TYPE, type);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
