package dev.otelscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.ProbeConfig;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.query.QueryConfig;
import dev.otelscope.server.ProcessorConfig;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Port;
import dev.otelscope.views.ExternalService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class UpCommandTest {
  private final UpCommand command = new UpCommand();

  @Test
  void allDefaults() throws StartException {
    Up.Config config = parse();

    assertThat(config.processor())
        .isEqualTo(
            ProcessorConfig.DEFAULTS.withPorts(
                Port.preferably(4318), Port.preferably(4317), Optional.of(Port.exactly(0))));
    assertThat(config.query()).isEqualTo(QueryConfig.DEFAULTS);
    assertThat(config.query().port()).isEqualTo(Port.exactly(4040));
    assertThat(config.query().host()).isEqualTo(ListenAddress.LOOPBACK);
    assertThat(config.probe()).contains(ProbeConfig.sendingTo(URI.create("http://127.0.0.1:4318")));
  }

  @Test
  void everyKeySet() throws StartException {
    Map<String, String> values =
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("--host", "::1"),
                Map.entry("--port", "1"),
                Map.entry("--external", "payments=192.0.2.0/24"),
                Map.entry("--otlp-http-port", "2"),
                Map.entry("--otlp-grpc-port", "3"),
                Map.entry("--graph-port", "4"),
                Map.entry("--insecure", "true"),
                Map.entry("--no-probe", "false"),
                Map.entry("--ready-file", "/tmp/ready"),
                Map.entry("--host-id", "me"),
                Map.entry("--namespaces", "a,17"),
                Map.entry("--tier", "3"),
                Map.entry("--interval", "2.5"),
                Map.entry("--local-networks", "172.17.0.0/16"),
                Map.entry("--runtime-sockets", "/tmp/docker.sock"),
                Map.entry("--node-name", "node-1"),
                Map.entry("--dns", "off"),
                Map.entry("--processes", "postgres,java*"),
                Map.entry("--secret-names", "license"),
                Map.entry("--command-lines", "hidden")));
    assertThat(settings()).as("a key for each option").isEqualTo(values.keySet());
    Up.Config config =
        parse(
            values.entrySet().stream()
                .filter(entry -> !entry.getValue().equals("false"))
                .map(
                    e -> e.getValue().equals("true") ? e.getKey() : e.getKey() + "=" + e.getValue())
                .toArray(String[]::new));

    assertThat(config.processor())
        .isEqualTo(
            ProcessorConfig.DEFAULTS
                .withHost(ListenAddress.parse("::1", true))
                .withPorts(Port.exactly(2), Port.exactly(3), Optional.of(Port.exactly(4))));
    assertThat(config.query())
        .isEqualTo(
            QueryConfig.DEFAULTS
                .withHost(ListenAddress.parse("::1", true))
                .withPort(1)
                .withExternalServices(
                    Stream.concat(
                            Stream.of(ExternalService.parse("payments=192.0.2.0/24")),
                            ExternalService.DEFAULTS.stream())
                        .toList()));
    ProbeConfig probe = config.probe().orElseThrow();
    assertThat(probe.hostId()).contains("me");
    assertThat(probe.namespaces()).containsExactlyInAnyOrder("a", "17");
    assertThat(probe.bestTier()).map(Tier::number).contains(3);
    assertThat(probe.interval()).isEqualTo(Duration.ofMillis(2500));
    assertThat(probe.localNetworks()).containsExactly(Cidr.parse("172.17.0.0/16"));
    assertThat(probe.runtimeSockets()).containsExactly(Path.of("/tmp/docker.sock"));
    assertThat(probe.nodeName()).contains("node-1");
    assertThat(probe.dns()).isFalse();
    assertThat(probe.processes().names()).containsExactly("postgres", "java*");
    assertThat(probe.secretNames()).containsExactly("license");
    assertThat(probe.commandLines()).isFalse();
  }

  @Test
  void theProbeCanBeLeftOut() throws StartException {
    assertThat(parse("--no-probe").probe()).isEmpty();
  }

  @Test
  void theProbeIsLeftOutWhereOpenTelemetryIsSwitchedOff() throws StartException {
    assertThat(new UpCommand().config(Map.of("OTEL_SDK_DISABLED", "true")).probe()).isEmpty();
  }

  @Test
  void variablesForReceiversElsewhereDoNotMatter() throws StartException {
    Map<String, String> ofAnotherProgram = Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");

    assertThat(new UpCommand().config(ofAnotherProgram).probe()).isPresent();
  }

  @Test
  void anAddressThatOthersCanReachIsRefusedUnlessItIsMeant() throws StartException {
    assertThatThrownBy(() -> parse("--host", "0.0.0.0"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--insecure");
    assertThat(parse("--host", "0.0.0.0", "--insecure").query().host())
        .isEqualTo(ListenAddress.parse("0.0.0.0", true));
  }

  private Up.Config parse(String... arguments) throws StartException {
    CommandLine line = new CommandLine(command);
    line.parseArgs(arguments);
    return command.config(Map.of());
  }

  private Set<String> settings() {
    return new CommandLine(command)
        .getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .map(OptionSpec::longestName)
            .collect(Collectors.toSet());
  }
}
