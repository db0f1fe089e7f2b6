package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogsReaderTest {
  private static final String EVENT =
      """
      {"resourceLogs": [{
        "resource": {"attributes": [
          {"key": "host.name", "value": {"stringValue": "web-1"}}]},
        "scopeLogs": [{
          "scope": {"name": "shop"},
          "logRecords": [
            {"timeUnixNano": "17", "observedTimeUnixNano": "18", "severityNumber": 9,
             "eventName": "order.placed",
             "attributes": [{"key": "order.items", "value": {"intValue": "3"}}],
             "body": {"kvlistValue": {"values": [
               {"key": "paid", "value": {"boolValue": true}}]}}},
            {"body": {"stringValue": "plain"}}]}]}]}
      """;

  private final LogsReader reader = new LogsReader(OtlpLimits.DEFAULT);

  @Test
  void anEmptyMessageIsValid() throws Exception {
    Heard heard = new Heard();

    reader.read(new byte[0], heard);

    assertThat(heard.lines).isEmpty();
  }

  @Test
  void anEventIsToldAfterItsResourceAndScope() throws Exception {
    Heard heard = new Heard();

    reader.read(protobuf(), heard);

    assertThat(heard.lines)
        .containsExactly(
            "resource web-1",
            "scope shop",
            "17 18 9 order.placed 3 {\"paid\":true}",
            "0 0 0   plain");
  }

  @Test
  void aTruncatedMessageIsMalformed() throws Exception {
    byte[] whole = protobuf();

    for (int length = 1; length < whole.length; length++) {
      byte[] truncated = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> reader.read(truncated, new Heard()))
          .isInstanceOf(MalformedOtlpException.class);
    }
  }

  private static byte[] protobuf() throws MalformedOtlpException {
    return new OtlpJson(OtlpLimits.DEFAULT).toProtobuf(EVENT.getBytes(UTF_8), Signal.LOGS);
  }

  private static final class Heard implements LogsHandler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onResource(AttributesView resource) {
      lines.add("resource " + resource.string(Utf8.of("host.name")));
    }

    @Override
    public void onScope(TextView name) {
      lines.add("scope " + name.string());
    }

    @Override
    public void onRecord(LogRecordView log) {
      AttributeValue body = log.body();
      lines.add(
          "%d %d %d %s %s %s"
              .formatted(
                  log.timeNanos(),
                  log.observedTimeNanos(),
                  log.severity(),
                  log.eventName().string(),
                  log.attributes().string(Utf8.of("order.items")),
                  body));
    }
  }
}
