package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.otlp.AttributesView.ValueType;
import org.junit.jupiter.api.Test;

/// What exceeds a limit is left out, cut or emptied and counted; the message is not malformed.
class OtlpLimitsTest {
  private final MetricsReader reader = new MetricsReader(new OtlpLimits(2, 3, 8, 2));

  @Test
  void surplusAttributesAreLeftOut() throws Exception {
    AttributesView attributes =
        resource(
            """
            {"key":"a"},{"key":"b"},{"key":"c"},{"key":"d"},
            {"key":"b","value":{"boolValue":true}}
            """);

    assertThat(attributes.size()).isEqualTo(3);
    assertThat(attributes.truth(attributes.find(Utf8.of("b")))).isTrue();
    assertThat(attributes.find(Utf8.of("d"))).isEqualTo(-1);
    assertThat(reader.overLimit()).isEqualTo(1);
  }

  @Test
  void longTextsAreCutAtACharacter() throws Exception {
    AttributesView attributes =
        resource(
            """
            {"key":"a","value":{"stringValue":"12345678"}},
            {"key":"b","value":{"stringValue":"1234567é"}}
            """);

    assertThat(attributes.text(0).string()).isEqualTo("12345678");
    assertThat(attributes.text(1).string()).isEqualTo("1234567");
    assertThat(reader.overLimit()).isEqualTo(1);
  }

  @Test
  void otherLongValuesBecomeEmpty() throws Exception {
    AttributesView attributes =
        resource(
            """
            {"key":"a","value":{"arrayValue":{"values":[{"stringValue":"123456"}]}}},
            {"key":"b","value":{"intValue":-1}}
            """);

    assertThat(attributes.type(0)).isEqualTo(ValueType.EMPTY);
    assertThat(attributes.whole(1)).isEqualTo(-1);
    assertThat(reader.overLimit()).isEqualTo(1);
  }

  @Test
  void pairsWithLongKeysAreLeftOut() throws Exception {
    AttributesView attributes = resource("{\"key\":\"123456789\"},{\"key\":\"a\"}");

    assertThat(attributes.size()).isEqualTo(1);
    assertThat(reader.overLimit()).isEqualTo(1);
  }

  @Test
  void surplusExemplarsAreLeftOut() throws Exception {
    String request =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[
          {"exemplars":[{},{},{}]}]}}]}]}]}
        """;
    int[] exemplars = {-1};

    reader.read(
        protobuf(request),
        new Handler() {
          @Override
          public void onNumber(NumberPointView point) {
            exemplars[0] = point.exemplars();
          }
        });

    assertThat(exemplars[0]).isEqualTo(2);
    assertThat(reader.overLimit()).isEqualTo(1);
  }

  @Test
  void nestingDeeperThanTheLimitIsMalformed() throws Exception {
    String value =
        """
        {"arrayValue":{"values":[{"arrayValue":{"values":[{"arrayValue":{}}]}}]}}
        """;

    assertThatThrownBy(() -> resource("{\"key\":\"a\",\"value\":%s}".formatted(value)))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessage("byte 20: lists and maps nested deeper than 2");
    assertThat(resource("{\"key\":\"a\",\"value\":{\"arrayValue\":{}}}").size())
        .as("the reader can be used again")
        .isEqualTo(1);
  }

  @Test
  void limitsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> new OtlpLimits(16, 0, 8, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OtlpLimits(31, 1, 8, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// The view stays what it is until the next message is read.
  private AttributesView resource(String attributes) throws MalformedOtlpException {
    AttributesView[] seen = new AttributesView[1];
    reader.read(
        protobuf(
            "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[%s]}}]}".formatted(attributes)),
        new Handler() {
          @Override
          public void onResource(AttributesView resource) {
            seen[0] = resource;
          }
        });
    return seen[0];
  }

  private static byte[] protobuf(String json) throws MalformedOtlpException {
    return new OtlpJson(OtlpLimits.DEFAULT).toProtobuf(json.getBytes(UTF_8), Signal.METRICS);
  }

  private static class Handler implements MetricsHandler {
    @Override
    public void onResource(AttributesView resource) {}

    @Override
    public void onScope(TextView name) {}

    @Override
    public boolean onMetric(MetricView metric) {
      return true;
    }

    @Override
    public void onNumber(NumberPointView point) {}

    @Override
    public void onDistribution(DistributionPointView point) {}
  }
}
