package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.probe.emission.ReceiverTarget.Protocol;
import dev.otelscope.probe.emission.ReceiverTarget.TemporalityPreference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiverTargetTest {

  @Test
  void withoutVariablesItIsTheReceiverOfThisMachine() {
    assertThat(ReceiverTarget.fromEnvironment(Map.of()))
        .isEqualTo(
            new ReceiverTarget(
                URI.create("http://localhost:4318/v1/metrics"),
                Protocol.HTTP_PROTOBUF,
                Map.of(),
                true,
                Duration.ofSeconds(10),
                TemporalityPreference.CUMULATIVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void everyVariableIsHeard() {
    Map<String, String> variables =
        Map.of(
            "ENDPOINT", "https://collector:4317",
            "PROTOCOL", "grpc",
            "HEADERS", "api-key=a%20b+c, tenant=x",
            "COMPRESSION", "none",
            "TIMEOUT", "2500",
            "CERTIFICATE", "/ca.pem",
            "CLIENT_CERTIFICATE", "/me.pem",
            "CLIENT_KEY", "/me.key");
    Map<String, String> general = new HashMap<>();
    Map<String, String> ofMetrics = new HashMap<>();
    variables.forEach((name, value) -> {
      general.put("OTEL_EXPORTER_OTLP_" + name, value);
      ofMetrics.put("OTEL_EXPORTER_OTLP_METRICS_" + name, value);
    });
    Map<String, String> preference =
        Map.of("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "Delta");
    general.putAll(preference);
    ofMetrics.putAll(preference);
    ReceiverTarget target = ReceiverTarget.fromEnvironment(general);

    assertThat(ReceiverTarget.fromEnvironment(ofMetrics)).isEqualTo(target);
    assertThat(target)
        .isEqualTo(
            new ReceiverTarget(
                URI.create("https://collector:4317"),
                Protocol.GRPC,
                Map.of("api-key", "a b+c", "tenant", "x"),
                false,
                Duration.ofMillis(2500),
                TemporalityPreference.DELTA,
                Optional.of(Path.of("/ca.pem")),
                Optional.of(Path.of("/me.pem")),
                Optional.of(Path.of("/me.key"))));
  }

  @Test
  void whatIsSaidForMetricsIsStronger() {
    ReceiverTarget target =
        ReceiverTarget.fromEnvironment(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://other:4318",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics:9000/otlp",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "none",
                "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "gzip"));

    assertThat(target.endpoint()).isEqualTo(URI.create("http://metrics:9000/otlp"));
    assertThat(target.gzip()).isTrue();
  }

  @Test
  void anExportMayNotTakeLongerThanEitherTimeout() {
    Map<String, String> environment =
        Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "5000", "OTEL_METRIC_EXPORT_TIMEOUT", "3000");

    assertThat(ReceiverTarget.fromEnvironment(environment).timeout())
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(
            ReceiverTarget.fromEnvironment(Map.of("OTEL_METRIC_EXPORT_TIMEOUT", "30000")).timeout())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void wordsMayBeWrittenInCapitals() {
    assertThat(read("PROTOCOL", "GRPC").protocol()).isEqualTo(Protocol.GRPC);
    assertThat(read("COMPRESSION", "None").gzip()).isFalse();
    assertThat(read("METRICS_TEMPORALITY_PREFERENCE", "LowMemory").temporality())
        .isEqualTo(TemporalityPreference.LOW_MEMORY);
  }

  @Test
  void anotherExporterThanOtlpIsRefused() {
    assertThatThrownBy(
            () -> ReceiverTarget.fromEnvironment(Map.of("OTEL_METRICS_EXPORTER", "prometheus")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "OTEL_METRICS_EXPORTER must be otlp, which is all that a probe speaks"
                + " (OTEL_SDK_DISABLED=true keeps it quiet), not 'prometheus'");
    assertThat(ReceiverTarget.fromEnvironment(Map.of("OTEL_METRICS_EXPORTER", "otlp")))
        .isEqualTo(ReceiverTarget.fromEnvironment(Map.of()));
  }

  @Test
  void logsGoWhereMetricsGoUnlessSomethingIsSaidOfThem() {
    assertThat(ReceiverTarget.ofLogs(Map.of()))
        .contains(ReceiverTarget.http(URI.create("http://localhost:4318")).forLogs());
    assertThat(logsOf("OTEL_EXPORTER_OTLP_ENDPOINT", "http://other:4318/otlp"))
        .isEqualTo(URI.create("http://other:4318/otlp/v1/logs"));
    assertThat(logsOf("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://other:4318/otlp/v1/metrics"))
        .isEqualTo(URI.create("http://other:4318/otlp/v1/logs"));
    assertThat(logsOf("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://logs:9000/in"))
        .isEqualTo(URI.create("http://logs:9000/in"));
  }

  @Test
  void aKeyForMetricsIsNotToldToTheReceiverOfLogs() {
    ReceiverTarget logs =
        ReceiverTarget.ofLogs(
                Map.of(
                    "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "api-key=metrics",
                    "OTEL_EXPORTER_OTLP_LOGS_HEADERS", "api-key=logs",
                    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "https://metrics:4318",
                    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "https://logs:4318/v1/logs",
                    "OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", "none"))
            .orElseThrow();

    assertThat(logs.headers()).isEqualTo(Map.of("api-key", "logs"));
    assertThat(logs.gzip()).isFalse();
  }

  @Test
  void noLogsAreSentWhereNoneAreWanted() {
    assertThat(ReceiverTarget.ofLogs(Map.of("OTEL_LOGS_EXPORTER", "none"))).isEmpty();
    assertThat(ReceiverTarget.ofLogs(Map.of("OTEL_LOGS_EXPORTER", "otlp"))).isPresent();
    assertThatThrownBy(() -> ReceiverTarget.ofLogs(Map.of("OTEL_LOGS_EXPORTER", "console")))
        .hasMessage("OTEL_LOGS_EXPORTER must be otlp or none, not 'console'");
  }

  private static URI logsOf(String variable, String value) {
    return ReceiverTarget.ofLogs(Map.of(variable, value)).orElseThrow().endpoint();
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    assertThatThrownBy(() -> read("CLIENT_CERTIFICATE", "/me.pem"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need each other, but only the certificate is set");
  }

  @Test
  void aWrongVariableIsNamedWithWhatItMayBe() {
    assertThatThrownBy(() -> read("PROTOCOL", "http/json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or grpc, not 'http/json'");
    assertThatThrownBy(() -> read("ENDPOINT", "localhost:4318"))
        .hasMessageContaining("must be a URL like http://127.0.0.1:4318")
        .hasMessageContaining("localhost:4318");
    assertThatThrownBy(() -> read("TIMEOUT", "soon")).hasMessageContaining("milliseconds");
    assertThatThrownBy(() -> read("METRICS_TIMEOUT", "0"))
        .hasMessage(
            "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT must be a number of milliseconds from 1 to"
                + " 2147483647, not '0'");
    assertThatThrownBy(() -> read("HEADERS", "key=50%"))
        .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS must be percent-encoded")
        .hasMessageContaining("key");
    assertThatThrownBy(() -> read("METRICS_TEMPORALITY_PREFERENCE", "both"))
        .hasMessageContaining("cumulative, delta or lowmemory, not 'both'");
    assertThatThrownBy(() -> read("HEADERS", "novalue")).hasMessageContaining("name=value");
    assertThatThrownBy(() -> read("COMPRESSION", "zip")).hasMessageContaining("gzip or none");
  }

  private static ReceiverTarget read(String name, String value) {
    return ReceiverTarget.fromEnvironment(Map.of("OTEL_EXPORTER_OTLP_" + name, value));
  }
}
