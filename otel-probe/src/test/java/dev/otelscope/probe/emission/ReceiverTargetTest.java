package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.probe.emission.ReceiverTarget.Protocol;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void everyVariableIsHeard() {
    ReceiverTarget target =
        ReceiverTarget.fromEnvironment(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector:4317",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b+c, tenant=x",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "none",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "2500",
                "OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem",
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/me.pem",
                "OTEL_EXPORTER_OTLP_CLIENT_KEY", "/me.key"));

    assertThat(target)
        .isEqualTo(
            new ReceiverTarget(
                URI.create("https://collector:4317"),
                Protocol.GRPC,
                Map.of("api-key", "a b+c", "tenant", "x"),
                false,
                Duration.ofMillis(2500),
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
  void aWrongVariableIsNamedWithWhatItMayBe() {
    assertThatThrownBy(() -> read("PROTOCOL", "http/json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or grpc, not 'http/json'");
    assertThatThrownBy(() -> read("ENDPOINT", "localhost:4318"))
        .hasMessageContaining("must be a URL like http://127.0.0.1:4318")
        .hasMessageContaining("localhost:4318");
    assertThatThrownBy(() -> read("TIMEOUT", "soon")).hasMessageContaining("milliseconds");
    assertThatThrownBy(() -> read("TIMEOUT", "0")).hasMessageContaining("positive");
    assertThatThrownBy(() -> read("HEADERS", "novalue")).hasMessageContaining("name=value");
    assertThatThrownBy(() -> read("COMPRESSION", "zip")).hasMessageContaining("gzip or none");
  }

  private static ReceiverTarget read(String name, String value) {
    return ReceiverTarget.fromEnvironment(Map.of("OTEL_EXPORTER_OTLP_" + name, value));
  }
}
