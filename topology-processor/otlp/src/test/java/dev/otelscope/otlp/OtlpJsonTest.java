package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpJsonTest {
  private static final Pattern ID =
      Pattern.compile("\"(traceId|spanId|parentSpanId)\"\\s*:\\s*\"([0-9a-f]*)\"");

  private final OtlpJson json = new OtlpJson(OtlpLimits.DEFAULT);

  static Stream<Captures> captures() {
    return Captures.all();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void capturesMeanWhatProtobufsOwnParserMakesOfThem(Captures captures) throws Exception {
    for (String request : captures.requests()) {
      Message.Builder expected = builder(captures.signal());
      JsonFormat.parser().merge(idsInBase64(request), expected);

      byte[] bytes = json.toProtobuf(request.getBytes(UTF_8), captures.signal());

      assertThat(builder(captures.signal()).mergeFrom(bytes).build()).isEqualTo(expected.build());
    }
  }

  /// The seed is the number of the repetition.
  @RepeatedTest(20)
  void readingUndoesWhatProtobufsOwnPrinterDoes(RepetitionInfo repetition) throws Exception {
    RandomMetrics requests = new RandomMetrics(new Random(repetition.getCurrentRepetition()));
    for (int i = 0; i < 50; i++) {
      ExportMetricsServiceRequest request = requests.next();

      byte[] bytes = toBytes(RandomRequests.json(request), Signal.METRICS);

      assertThat(ExportMetricsServiceRequest.parseFrom(bytes)).isEqualTo(request);
    }
  }

  @Test
  void everyKindOfLogBodyIsRead() throws Exception {
    String request =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[
          {"severityNumber":"SEVERITY_NUMBER_WARN2","body":{"kvlistValue":{"values":[
            {"key":"none","value":{}},
            {"key":"bytes","value":{"bytesValue":"AP/+"}},
            {"key":"list","value":{"arrayValue":{"values":[{"boolValue":true},{"doubleValue":"NaN"}]}}},
            {"key":"low","value":{"intValue":"-9223372036854775808"}}]}}},
          {"severity_number":14,"time_unix_nano":18446744073709551615,"flags":4294967295,
           "traceId":"0102030405060708090a0b0c0d0e0f10","body":null,"later":{"unknown":[1,{"x":null}]}}
        ]}]}]}
        """;
    ExportLogsServiceRequest.Builder expected = ExportLogsServiceRequest.newBuilder();
    JsonFormat.parser().ignoringUnknownFields().merge(idsInBase64(request), expected);

    LogRecord last =
        ExportLogsServiceRequest.parseFrom(json.toProtobuf(request.getBytes(UTF_8), Signal.LOGS))
            .getResourceLogs(0)
            .getScopeLogs(0)
            .getLogRecords(1);

    assertThat(ExportLogsServiceRequest.parseFrom(toBytes(request, Signal.LOGS)))
        .isEqualTo(expected.build());
    assertThat(last.getTraceId()).isEqualTo(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "\"7\", 7",
    "-7, -7",
    "7.0, 7",
    "1e3, 1000",
    "\"9223372036854775807\", 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
  })
  void wholeNumbersMayBeWrittenInManyWays(String written, long value) throws Exception {
    assertThat(point("{\"asInt\":%s}".formatted(written)).getAsInt()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7.5",
        "\"\"",
        "\"seven\"",
        "true",
        "[]",
        "{}",
        "9223372036854775808",
        "1e999999999",
        "1e-999999999",
        "\"0x10\"",
      })
  void whatIsNoWholeNumberIsMalformed(String written) {
    assertThatThrownBy(() -> point("{\"asInt\":%s}".formatted(written)))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("byte 82: expected ");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "\"0.1\", 0.1",
    "-0.0, -0.0",
    "5, 5",
    "\"NaN\", NaN",
    "\"-Infinity\", -Infinity",
  })
  void decimalNumbersMayBeWrittenInManyWays(String written, double value) throws Exception {
    assertThat(point("{\"asDouble\":%s}".formatted(written)).getAsDouble())
        .isEqualTo(Double.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "1e400", "\"1e400\"", "\"0x1p3\"", "\"1d\"", "\" 1\"", "false"})
  void whatIsNoDecimalNumberIsMalformed(String written) {
    assertThatThrownBy(() -> point("{\"asDouble\":%s}".formatted(written)))
        .isInstanceOf(MalformedOtlpException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | byte 0: expected an object",
        "null                      | byte 0: expected an object",
        "[]                        | byte 0: expected an object",
        "{} {}                     | byte 3: expected the end",
        "{\"resourceMetrics\":{}}  | byte 19: expected an array: resource_metrics, found {",
        "{\"resourceMetrics\":[1]} | byte 20: expected an object: ResourceMetrics, found 1",
        "{\"resourceMetrics\":[    | byte 20: Unexpected end-of-input",
        "{\"resourceMetrics\" 1    | byte 19: Unexpected character",
      })
  void malformedJsonIsRefusedWithItsPlace(String request, String message) {
    assertThatThrownBy(() -> toBytes(request, Signal.METRICS))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void nestingIsLimited() {
    String open = "{\"arrayValue\":{\"values\":[";
    String close = "]}}";
    String request =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":%s}]}]}]}"
            .formatted(open.repeat(17) + close.repeat(17));

    assertThatThrownBy(() -> toBytes(request, Signal.LOGS))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageContaining("nested at most 16 deep");
  }

  @Test
  void deepUnknownFieldsDoNotExhaustTheStack() {
    String request = "{\"x\":" + "[".repeat(1_000_000);

    assertThatThrownBy(() -> toBytes(request, Signal.METRICS))
        .isInstanceOf(MalformedOtlpException.class);
  }

  private NumberDataPoint point(String point) throws Exception {
    String request =
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[%s]}}]}]}]}"
            .formatted(point);
    return ExportMetricsServiceRequest.parseFrom(toBytes(request, Signal.METRICS))
        .getResourceMetrics(0)
        .getScopeMetrics(0)
        .getMetrics(0)
        .getGauge()
        .getDataPoints(0);
  }

  private byte[] toBytes(String request, Signal signal) throws MalformedOtlpException {
    return json.toProtobuf(request.getBytes(UTF_8), signal);
  }

  private static Message.Builder builder(Signal signal) {
    return switch (signal) {
      case METRICS -> ExportMetricsServiceRequest.newBuilder();
      case LOGS -> ExportLogsServiceRequest.newBuilder();
      case TRACES -> ExportTraceServiceRequest.newBuilder();
    };
  }

  /// As protobuf's own mapping has bytes.
  private static String idsInBase64(String request) {
    return ID.matcher(request)
        .replaceAll(match -> {
          byte[] id = HexFormat.of().parseHex(match.group(2));
          return "\"%s\":\"%s\"".formatted(match.group(1), Base64.getEncoder().encodeToString(id));
        });
  }
}
