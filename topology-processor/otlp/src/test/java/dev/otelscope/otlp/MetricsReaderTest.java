package dev.otelscope.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.otelscope.otlp.AttributesView.ValueType;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MetricsReaderTest {
  private final MetricsReader reader = new MetricsReader(OtlpLimits.DEFAULT);

  @Test
  void anEmptyMessageIsValid() throws Exception {
    reader.read(new byte[0], new PointListener(point -> {}));
  }

  @Test
  void attributesAreFoundByKeyAndHaveTheirTypes() throws Exception {
    NumberDataPoint point =
        NumberDataPoint.newBuilder()
            .setAsInt(-7)
            .addAttributes(text("server.address", "10.0.0.1"))
            .addAttributes(
                KeyValue.newBuilder()
                    .setKey("server.port")
                    .setValue(AnyValue.newBuilder().setIntValue(443)))
            .addAttributes(text("client.port", "-8080"))
            .build();

    read(
        point,
        view -> {
          AttributesView attributes = view.attributes();
          assertThat(view.whole()).isEqualTo(-7);
          assertThat(attributes.size()).isEqualTo(3);
          assertThat(attributes.string(Utf8.of("server.address"))).isEqualTo("10.0.0.1");
          assertThat(attributes.type(1)).isEqualTo(ValueType.WHOLE);
          assertThat(attributes.whole(attributes.find(Utf8.of("server.port")))).isEqualTo(443);
          assertThat(attributes.whole(attributes.find(Utf8.of("client.port")))).isEqualTo(-8080);
          assertThat(attributes.find(Utf8.of("client.address"))).isEqualTo(-1);
        });
  }

  @Test
  void ofARepeatedKeyTheLastValueCountsInTheFirstPlace() throws Exception {
    NumberDataPoint point =
        NumberDataPoint.newBuilder()
            .setAsInt(1)
            .addAttributes(text("a", "first"))
            .addAttributes(text("b", "between"))
            .addAttributes(text("a", "last"))
            .build();

    read(
        point,
        view -> {
          assertThat(view.attributes().size()).isEqualTo(2);
          assertThat(view.attributes().find(Utf8.of("a"))).isZero();
          assertThat(view.attributes().string(Utf8.of("a"))).isEqualTo("last");
          assertThat(view.attributes().string(Utf8.of("b"))).isEqualTo("between");
        });
  }

  @Test
  void aTruncatedMessageIsMalformedAtItsEnd() {
    byte[] whole = request(NumberDataPoint.newBuilder().setAsInt(1).build()).toByteArray();
    byte[] truncated = ByteString.copyFrom(whole, 0, whole.length - 1).toByteArray();

    assertThatThrownBy(() -> reader.read(truncated, new PointListener(point -> {})))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessage("byte 1: a length of 27 where 26 bytes are left");
  }

  private void read(NumberDataPoint point, Consumer<NumberPointView> seen) throws Exception {
    int[] count = {0};
    reader.read(
        request(point).toByteArray(),
        new PointListener(view -> {
          count[0]++;
          seen.accept(view);
        }));
    assertThat(count[0]).isEqualTo(1);
  }

  private static ExportMetricsServiceRequest request(NumberDataPoint point) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder()
                                .setName("requests")
                                .setSum(Sum.newBuilder().addDataPoints(point)))))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private record PointListener(Consumer<NumberPointView> seen) implements MetricsHandler {
    @Override
    public void onResource(AttributesView resource) {}

    @Override
    public void onScope(TextView name) {}

    @Override
    public boolean onMetric(MetricView metric) {
      return true;
    }

    @Override
    public void onNumber(NumberPointView point) {
      seen.accept(point);
    }

    @Override
    public void onDistribution(DistributionPointView point) {}
  }
}
