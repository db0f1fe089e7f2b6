package dev.otelscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.emission.ReceiverTarget;
import dev.otelscope.probe.emission.ResourceAttributes;
import dev.otelscope.probe.process.ProcessSelection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProbeConfigTest {

  @Test
  void theDefaults() {
    assertThat(parse(Map.of()))
        .isEqualTo(
            new ProbeConfig(
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Duration.ofSeconds(1),
                List.of(),
                ProbeConfig.DEFAULT_RUNTIME_SOCKETS,
                true,
                Optional.empty(),
                ProcessSelection.NONE,
                Set.of(),
                true,
                ReceiverTarget.http(URI.create("http://localhost:4318")),
                Optional.of(ReceiverTarget.http(URI.create("http://localhost:4318")).forLogs()),
                ResourceAttributes.NONE,
                false))
        .isEqualTo(ProbeConfig.fromEnvironment(Map.of()));
  }

  @Test
  void everyOptionSetOtherwise() {
    assertThat(
            parse(
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1",
                    "OTEL_LOGS_EXPORTER", "none",
                    "OTEL_RESOURCE_ATTRIBUTES", "k8s.cluster.name=shop",
                    "OTEL_SDK_DISABLED", "true"),
                "--host-id=h7",
                "--namespaces=a,4026531840",
                "--tier=3",
                "--interval=2.5",
                "--local-networks=172.17.0.0/16,fd00::/8",
                "--runtime-sockets=/tmp/a.sock,/tmp/b.sock",
                "--dns=off",
                "--node-name=node-1",
                "--processes=postgres,java*",
                "--secret-names=license,pin",
                "--command-lines=hidden"))
        .isEqualTo(
            new ProbeConfig(
                Optional.of("h7"),
                Set.of("a", "4026531840"),
                Optional.of(Tier.OWN_SOCK_DIAG),
                Duration.ofMillis(2500),
                List.of(Cidr.parse("172.17.0.0/16"), Cidr.parse("fd00::/8")),
                List.of(Path.of("/tmp/a.sock"), Path.of("/tmp/b.sock")),
                false,
                Optional.of("node-1"),
                new ProcessSelection(List.of("postgres", "java*")),
                Set.of("license", "pin"),
                false,
                ReceiverTarget.http(URI.create("http://127.0.0.1:1")),
                Optional.empty(),
                new ResourceAttributes(Map.of("k8s.cluster.name", "shop"), List.of()),
                true));
  }

  @Test
  void theIntervalIsTheStandardVariablesUnlessAnOptionSaysIt() {
    Map<String, String> environment = Map.of("OTEL_METRIC_EXPORT_INTERVAL", "5000");

    assertThat(parse(environment).interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(parse(environment, "--interval=2").interval()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() {
    assertThatThrownBy(() -> parse(Map.of(), "--tier=9"))
        .hasMessage("--tier must be from 1 to 4, not 9");
    assertThatThrownBy(() -> parse(Map.of(), "--interval=0.01"))
        .hasMessage("the interval must be from 0.1 to 30 seconds, not 0.01 seconds");
    assertThatThrownBy(() -> parse(Map.of(), "--dns=maybe"))
        .hasMessage("--dns must be on or off, not 'maybe'");
    assertThatThrownBy(() -> parse(Map.of(), "--host-id= "))
        .hasMessage("the host id must not be blank");
    assertThatThrownBy(() -> parse(Map.of(), "--command-lines=no"))
        .hasMessage("--command-lines must be shown or hidden, not 'no'");
    assertThatThrownBy(() -> parse(Map.of(), "--secret-names=pin,--"))
        .hasMessage("--secret-names must be words like license,pin, but one is '--'");
    assertThatThrownBy(() -> parse(Map.of(), "--processes=postgres,,x"))
        .hasMessageContaining("names like postgres,java* or all, but one is empty");
    assertThatThrownBy(() -> parse(Map.of(), "--local-networks=here"))
        .hasMessageContaining("address range like 10.0.0.0/8");
    assertThatThrownBy(() -> parse(Map.of("OTEL_METRIC_EXPORT_INTERVAL", "1s")))
        .hasMessage("OTEL_METRIC_EXPORT_INTERVAL must be a number of milliseconds, not '1s'");
    assertThatThrownBy(() -> parse(Map.of("OTEL_METRIC_EXPORT_INTERVAL", "60000")))
        .hasMessageStartingWith("OTEL_METRIC_EXPORT_INTERVAL must be from 100 to 30000")
        .hasMessageEndingWith("not '60000'");
    assertThatThrownBy(() -> parse(Map.of("OTEL_SDK_DISABLED", "yes")))
        .hasMessage("OTEL_SDK_DISABLED must be true or false, not 'yes'");
  }

  private static ProbeConfig parse(Map<String, String> environment, String... arguments) {
    ProbeOptions options = new ProbeOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.toConfig(environment);
  }
}
