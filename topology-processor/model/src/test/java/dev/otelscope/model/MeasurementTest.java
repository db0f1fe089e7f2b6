package dev.otelscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void isToldFromTheOthersByMetricAndAttributesInOrder() {
    assertThat(measurement(Map.of(), 1, Double.NaN).key()).isEqualTo("process.cpu.time");
    assertThat(measurement(Map.of("cpu.mode", "user", "a", "b"), 1, Double.NaN).key())
        .isEqualTo("process.cpu.time{a=b, cpu.mode=user}");
  }

  @Test
  void ofACounterTheRateIsShownOnceThereIsOne() {
    assertThat(measurement(Map.of(), 120, Double.NaN).shown()).isEqualTo(120);
    assertThat(measurement(Map.of(), 120, 0.5).shown()).isEqualTo(0.5);
  }

  private static Measurement measurement(
      Map<String, String> attributes, double value, double rate) {
    return new Measurement("process.cpu.time", attributes, "s", value, rate, Instant.EPOCH);
  }
}
