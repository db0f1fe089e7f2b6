package dev.otelscope.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.otelscope.engine.observation.Observation;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What every [FlowDialect] keeps. A dialect's test extends this and adds what is its own.
abstract class FlowDialectContract {

  abstract FlowDialect dialect();

  /// A request with resources, metrics and points of every kind that the dialect reads.
  abstract byte[] typicalRequest();

  @Test
  final void everyPointIsToldOfOnce() {
    Recorded recorded = new Recorded(dialect()).read(typicalRequest());

    assertThat(recorded.points()).isPositive();
    assertThat(recorded.told()).isEqualTo(recorded.points());
    assertThat(recorded.problems()).isEmpty();
  }

  @Test
  final void theSameRequestMeansTheSameWhateverWasReadBefore() {
    Recorded recorded = new Recorded(dialect());
    List<Observation> first = recorded.read(typicalRequest()).observations();
    recorded.read(mutated(new Random(1)));

    assertThat(recorded.read(typicalRequest()).observations()).isEqualTo(first);
  }

  @Test
  final void whatItHandsOutDoesNotChangeWhenTheNextRequestIsRead() {
    Recorded recorded = new Recorded(dialect());
    List<Observation> first = recorded.read(typicalRequest()).observations();
    String before = first.toString();
    for (int seed = 0; seed < 20; seed++) {
      recorded.read(mutated(new Random(seed)));
    }

    assertThat(first).hasToString(before);
  }

  /// Attributes that are missing, of another type, or nonsense: still one word for each point.
  @RepeatedTest(300)
  final void nothingThatAProducerSaysMakesItThrow(RepetitionInfo repetition) {
    byte[] request = mutated(new Random(repetition.getCurrentRepetition()));

    Recorded recorded = new Recorded(dialect()).read(request);

    assertThat(recorded.told()).isEqualTo(recorded.points());
  }

  private byte[] mutated(Random random) {
    ExportMetricsServiceRequest.Builder request;
    try {
      request = ExportMetricsServiceRequest.parseFrom(typicalRequest()).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    for (ResourceMetrics.Builder resource : request.getResourceMetricsBuilderList()) {
      mutate(resource.getResourceBuilder().getAttributesBuilderList(), 20, random);
      for (Metric.Builder metric :
          resource.getScopeMetricsBuilderList().getFirst().getMetricsBuilderList()) {
        for (NumberDataPoint.Builder point : points(metric)) {
          mutate(point.getAttributesBuilderList(), 5, random);
          point
              .getExemplarsBuilderList()
              .forEach(one -> mutate(one.getFilteredAttributesBuilderList(), 5, random));
          if (random.nextInt(10) == 0) {
            point.setTimeUnixNano(0);
          }
          if (random.nextInt(10) == 0) {
            point.setFlags(1);
          }
        }
      }
    }
    return request.build().toByteArray();
  }

  private static List<NumberDataPoint.Builder> points(Metric.Builder metric) {
    return metric.hasSum()
        ? metric.getSumBuilder().getDataPointsBuilderList()
        : metric.getGaugeBuilder().getDataPointsBuilderList();
  }

  private static void mutate(List<KeyValue.Builder> attributes, int oneIn, Random random) {
    for (KeyValue.Builder attribute : attributes) {
      if (random.nextInt(oneIn) == 0) {
        attribute.setValue(anyValue(random));
      }
      if (random.nextInt(oneIn) == 0) {
        attribute.setKey("another");
      }
    }
  }

  private static AnyValue.Builder anyValue(Random random) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(6)) {
      case 0 -> value.setIntValue(random.nextLong());
      case 1 -> value.setStringValue("nonsense");
      case 2 -> value.setDoubleValue(Double.NaN);
      case 3 -> value.setBoolValue(true);
      case 4 -> value.setArrayValue(ArrayValue.getDefaultInstance());
      default -> value;
    };
  }
}
