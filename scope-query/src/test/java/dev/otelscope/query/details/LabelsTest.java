package dev.otelscope.query.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A new name on the wire fails here until somebody says what people call it, or that it describes
/// no entity.
class LabelsTest {
  /// Of points and of log records.
  private static final Set<String> ATTRIBUTES_OF_RECORDS =
      Set.of(
          AttributeNames.CONNECTION_ROLE,
          AttributeNames.CLIENT_ADDRESS,
          AttributeNames.SERVER_ADDRESS,
          AttributeNames.SERVER_PORT,
          AttributeNames.NETWORK_TRANSPORT,
          AttributeNames.NETWORK_TYPE,
          AttributeNames.NETWORK_INTERFACE_NAME,
          AttributeNames.NETWORK_IO_DIRECTION,
          AttributeNames.NETWORK_PEER_ADDRESS,
          AttributeNames.NETWORK_PEER_PORT,
          AttributeNames.NETWORK_PROTOCOL_NAME,
          AttributeNames.ADDRESS_SCOPE,
          AttributeNames.PEER,
          AttributeNames.TUPLE_CLIENT_ADDRESS,
          AttributeNames.TUPLE_CLIENT_PORT,
          AttributeNames.TUPLE_SERVER_ADDRESS,
          AttributeNames.TUPLE_SERVER_PORT,
          AttributeNames.TRANSLATED_CLIENT_ADDRESS,
          AttributeNames.ERROR_TYPE,
          AttributeNames.OVERFLOW,
          AttributeNames.PROBE_TIER,
          AttributeNames.PROBE_REASON,
          AttributeNames.PROBE_START,
          AttributeNames.PROBE_EXPORT_INTERVAL,
          AttributeNames.PROBE_UNTRANSLATED,
          AttributeNames.PROBE_UNNAMED,
          AttributeNames.DNS_ANSWERS,
          AttributeNames.DNS_TTL,
          AttributeNames.DNS_SINCE,
          AttributeNames.LOST_REASON);

  private static final List<String> NOT_OF_ENTITIES =
      List.of("otelscope.connection.", "otelscope.listener", "otelscope.probe");

  @Test
  void everyAttributeOfAnEntityHasALabelInPlainWords() {
    assertThat(names(AttributeNames.class).filter(name -> !ATTRIBUTES_OF_RECORDS.contains(name)))
        .isNotEmpty()
        .allSatisfy(name -> {
          assertThat(AttributeLabels.text(name)).as(name).doesNotContain(".", "_");
          assertThat(AttributeLabels.group(name)).as(name).isNotEqualTo("other");
        });
  }

  @Test
  void everyMeasurementOfAnEntityHasALabelInPlainWords() {
    assertThat(
            names(MetricNames.class)
                .filter(name -> name.contains("."))
                .filter(name -> !name.equals(MetricNames.PROBE_SCOPE))
                .filter(name -> NOT_OF_ENTITIES.stream().noneMatch(name::startsWith)))
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(MeasurementLabels.text(measurement(name, Map.of(), "1", Double.NaN)))
                .as(name)
                .doesNotContain(".", "_"));
  }

  @Test
  void anAttributeOfOthersGoesByItsNameBelowTheHeadingOfItsFirstWord() {
    assertThat(AttributeLabels.text("k8s.pod.ip")).isEqualTo("k8s.pod.ip");
    assertThat(AttributeLabels.group("k8s.pod.ip")).isEqualTo("k8s");
    assertThat(AttributeLabels.group("otelscope.container.user")).isEqualTo("container");
    assertThat(AttributeLabels.text("container.label.com.example.team"))
        .isEqualTo("com.example.team");
    assertThat(AttributeLabels.group("container.label.com.example.team")).isEqualTo("labels");
    assertThat(AttributeLabels.group("cloud.region")).isEqualTo("other");
    assertThat(AttributeLabels.group("plain")).isEqualTo("other");
  }

  @Test
  void whatPeopleLookForFirstComesFirstAndWhatIsNotKnownLast() {
    assertThat(
            Stream.of("process.zzz", "process.aaa", "process.pid", "process.executable.name")
                .sorted(AttributeLabels.ORDER))
        .containsExactly("process.executable.name", "process.pid", "process.aaa", "process.zzz");
  }

  @Test
  void measurementsOfOneMetricAreToldApartByTheirAttributes() {
    Map<String, String> window = Map.of("otelscope.load.window", "1m");
    assertThat(MeasurementLabels.text(measurement(MetricNames.HOST_LOAD, window, "1", Double.NaN)))
        .isEqualTo("Load average (1m)");
  }

  @Test
  void aCountersUnitIsPerSecond() {
    assertThat(MeasurementLabels.unit(measurement("disk.io", Map.of(), "By", 7))).isEqualTo("By/s");
    assertThat(MeasurementLabels.unit(measurement("disk.size", Map.of(), "By", Double.NaN)))
        .isEqualTo("By");
    assertThat(MeasurementLabels.unit(measurement("container.cpu.time", Map.of(), "s", 0.5)))
        .isEqualTo("{cpu}");
  }

  private static Measurement measurement(
      String metric, Map<String, String> attributes, String unit, double rate) {
    return new Measurement(metric, attributes, unit, 1, rate, Instant.EPOCH);
  }

  private static Stream<String> names(Class<?> constants) {
    return Arrays.stream(constants.getFields()).map(LabelsTest::value);
  }

  private static String value(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new AssertionError(constant + " cannot be read", e);
    }
  }
}
