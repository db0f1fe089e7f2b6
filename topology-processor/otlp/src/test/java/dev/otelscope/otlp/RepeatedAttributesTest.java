package dev.otelscope.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What a point's attributes are does not depend on the points before it, though the reader takes
/// over from the last one what is the same.
class RepeatedAttributesTest {
  private static final List<String> KEYS =
      List.of("", "a", "b", "server.port", "server.address", "a.key.beyond.the.smaller.limits");
  private static final int[] WHOLES = {0, 1, 127, 128, 443, 16_383, 16_384, 1 << 28, -1};

  /// The seed is the number of the repetition.
  @RepeatedTest(50)
  void aPointIsReadTheSameWhicheverPointsStandBeforeIt(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    for (OtlpLimits limits : List.of(OtlpLimits.DEFAULT, new OtlpLimits(16, 3, 24, 2))) {
      MetricsReader reader = new MetricsReader(limits);
      long overLimit = 0;
      for (int i = 0; i < 20; i++) {
        List<ByteString> points = points(random);

        MetricsTranscript together = new MetricsTranscript();
        reader.read(request(points), together);

        MetricsTranscript apart = new MetricsTranscript();
        for (ByteString point : points) {
          MetricsReader fresh = new MetricsReader(limits);
          fresh.read(request(List.of(point)), apart);
          overLimit += fresh.overLimit();
        }
        assertThat(numbers(together)).isEqualTo(numbers(apart));
        assertThat(reader.overLimit()).isEqualTo(overLimit);
      }
    }
  }

  /// Field 9 of a histogram's points are attributes; a summary's points have field 7 for them.
  @Test
  void aPointOfAnotherKindIsNotTakenForARepetition() throws Exception {
    KeyValue first = pair("a", 1);
    KeyValue second = pair("b", 2);
    SummaryDataPoint.Builder summary = SummaryDataPoint.newBuilder().addAttributes(first);
    summary.setUnknownFields(
        UnknownFieldSet.newBuilder()
            .addField(
                HistogramDataPoint.ATTRIBUTES_FIELD_NUMBER,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(second.toByteString())
                    .build())
            .build());
    ExportMetricsServiceRequest request =
        request(
            Metric.newBuilder()
                .setHistogram(
                    Histogram.newBuilder()
                        .addDataPoints(
                            HistogramDataPoint.newBuilder()
                                .addAttributes(first)
                                .addAttributes(second))),
            Metric.newBuilder().setSummary(Summary.newBuilder().addDataPoints(summary)));

    MetricsTranscript actual = new MetricsTranscript();
    new MetricsReader(OtlpLimits.DEFAULT).read(request.toByteArray(), actual);

    MetricsTranscript expected = new MetricsTranscript();
    expected.add(request);
    assertThat(actual).hasToString(expected.toString());
  }

  private static List<String> numbers(Transcript transcript) {
    return transcript.toString().lines().filter(line -> line.startsWith("number")).toList();
  }

  /// Points whose attributes are mostly those of the one before.
  private static List<ByteString> points(Random random) {
    List<ByteString> points = new ArrayList<>();
    List<KeyValue> attributes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (int change = random.nextInt(3); change > 0; change--) {
        change(attributes, random);
      }
      points.add(point(attributes, random));
    }
    return points;
  }

  private static void change(List<KeyValue> attributes, Random random) {
    int at = random.nextInt(attributes.size() + 1);
    KeyValue pair = pair(random);
    switch (random.nextInt(6)) {
      case 0 -> Collections.shuffle(attributes, random);
      case 1, 2 -> attributes.add(at, pair);
      default -> {
        if (at == attributes.size()) {
          return;
        }
        if (random.nextInt(4) == 0) {
          attributes.remove(at);
        } else {
          attributes.set(at, pair.toBuilder().setKey(attributes.get(at).getKey()).build());
        }
      }
    }
  }

  private static KeyValue pair(Random random) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (random.nextInt(4)) {
      case 0 -> value.setIntValue(WHOLES[random.nextInt(WHOLES.length)]);
      case 1 -> value.setDoubleValue(random.nextInt(3));
      default -> value.setStringValue("x".repeat(random.nextInt(30)) + random.nextInt(3));
    }
    return KeyValue.newBuilder()
        .setKey(KEYS.get(random.nextInt(KEYS.size())))
        .setValue(value)
        .build();
  }

  /// The attributes in one piece, or in two with the point's other fields between them.
  private static ByteString point(List<KeyValue> attributes, Random random) {
    int middle = random.nextInt(4) == 0 ? random.nextInt(attributes.size() + 1) : 0;
    NumberDataPoint.Builder first =
        NumberDataPoint.newBuilder().addAllAttributes(attributes.subList(0, middle));
    NumberDataPoint.Builder rest =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(random.nextInt(2))
            .setAsInt(random.nextInt(2))
            .addAllAttributes(attributes.subList(middle, attributes.size()));
    return first.build().toByteString().concat(rest.build().toByteString());
  }

  private static byte[] request(List<ByteString> points) {
    UnknownFieldSet.Field.Builder dataPoints = UnknownFieldSet.Field.newBuilder();
    points.forEach(dataPoints::addLengthDelimited);
    Gauge gauge =
        Gauge.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(Gauge.DATA_POINTS_FIELD_NUMBER, dataPoints.build())
                    .build())
            .build();
    return request(Metric.newBuilder().setGauge(gauge)).toByteArray();
  }

  private static ExportMetricsServiceRequest request(Metric.Builder... metrics) {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    for (Metric.Builder metric : metrics) {
      scope.addMetrics(metric);
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
        .build();
  }

  private static KeyValue pair(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
