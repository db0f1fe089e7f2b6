package dev.otelscope.probe;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.emission.ReceiverTarget;
import dev.otelscope.probe.emission.ResourceAttributes;
import dev.otelscope.probe.process.ProcessSelection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a probe on the command line; each can also be an environment variable.
public final class ProbeOptions {
  @Option(
      names = "--host-id",
      paramLabel = "ID",
      defaultValue = "${env:OTELSCOPE_HOST_ID}",
      description = "Who this host is. Default: a hash of its machine id and name.")
  private @Nullable String hostId;

  @Option(
      names = "--namespaces",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "${env:OTELSCOPE_NAMESPACES}",
      description = "Network namespaces to look into, by name or inode number. Default: all.")
  private @Nullable List<String> namespaces;

  @Option(
      names = "--tier",
      paramLabel = "NUMBER",
      defaultValue = "${env:OTELSCOPE_TIER}",
      description = "The best way of looking to try, from 1 to 4; see 'doctor'. Default: 1.")
  private @Nullable Integer tier;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "${env:OTELSCOPE_INTERVAL}",
      description =
          "Time between two looks. Default: OTEL_METRIC_EXPORT_INTERVAL (milliseconds), or 1.")
  private @Nullable Double interval;

  @Option(
      names = "--local-networks",
      paramLabel = "CIDR",
      split = ",",
      defaultValue = "${env:OTELSCOPE_LOCAL_NETWORKS}",
      description = "Networks that every host has for itself, such as 172.17.0.0/16.")
  private @Nullable List<String> localNetworks;

  @Option(
      names = "--runtime-sockets",
      paramLabel = "PATH",
      split = ",",
      defaultValue = "${env:OTELSCOPE_RUNTIME_SOCKETS}",
      description =
          "Where to ask Docker, Podman, containerd or CRI-O for the names of containers."
              + " Default: their usual places, also those of k3s, k0s and MicroK8s.")
  private @Nullable List<Path> runtimeSockets;

  @Option(
      names = "--dns",
      paramLabel = "on|off",
      defaultValue = "${env:OTELSCOPE_DNS}",
      description =
          "Whether to listen to the answers of name servers, so that addresses get names."
              + " Default: on.")
  private @Nullable String dns;

  @Option(
      names = "--node-name",
      paramLabel = "NAME",
      defaultValue = "${env:OTELSCOPE_NODE_NAME}",
      description = "The Kubernetes node that this host is.")
  private @Nullable String nodeName;

  @Option(
      names = "--processes",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "${env:OTELSCOPE_PROCESSES}",
      description =
          "Programs whose processes are shown also without connections, such as postgres,java*;"
              + " or all. Default: none.")
  private @Nullable List<String> processes;

  @Option(
      names = "--secret-names",
      paramLabel = "WORD",
      split = ",",
      defaultValue = "${env:OTELSCOPE_SECRET_NAMES}",
      description =
          "Further words; an option or variable with one of them in its name is masked in command"
              + " lines and labels, as those with password or token are.")
  private @Nullable List<String> secretNames;

  @Option(
      names = "--command-lines",
      paramLabel = "shown|hidden",
      defaultValue = "${env:OTELSCOPE_COMMAND_LINES}",
      description = "Whether more than the program is said of them. Default: shown, masked.")
  private @Nullable String commandLines;

  /// The configuration that was asked for; what no option says, the standard variables do.
  ///
  /// @throws IllegalArgumentException with one sentence that says what is wrong
  public ProbeConfig toConfig(Map<String, String> environment) {
    return toConfig(
        environment,
        ReceiverTarget.fromEnvironment(environment),
        ReceiverTarget.ofLogs(environment));
  }

  /// The same for a probe that sends elsewhere than the standard variables say, which are not even
  /// read then.
  public ProbeConfig toConfig(Map<String, String> environment, ReceiverTarget receiver) {
    return toConfig(environment, receiver, Optional.of(receiver.forLogs()));
  }

  private ProbeConfig toConfig(
      Map<String, String> environment,
      ReceiverTarget receiver,
      Optional<ReceiverTarget> logsReceiver) {
    return new ProbeConfig(
        Optional.ofNullable(hostId),
        namespaces == null ? Set.of() : Set.copyOf(namespaces),
        Optional.ofNullable(tier).map(ProbeOptions::tierOf),
        Optional.ofNullable(interval)
            .map(seconds -> Duration.ofMillis(Math.round(seconds * 1e3)))
            .orElseGet(() -> ProbeConfig.intervalFrom(environment)),
        localNetworks == null
            ? List.of()
            : localNetworks.stream().map(String::strip).map(Cidr::parse).toList(),
        runtimeSockets == null ? ProbeConfig.DEFAULT_RUNTIME_SOCKETS : List.copyOf(runtimeSockets),
        dns == null || isOn(dns),
        Optional.ofNullable(nodeName),
        processes == null ? ProcessSelection.NONE : new ProcessSelection(processes),
        secretNames == null ? Set.of() : secretNamesOf(secretNames),
        commandLines == null || areShown(commandLines),
        receiver,
        logsReceiver,
        ResourceAttributes.fromEnvironment(environment),
        ProbeConfig.isDisabled(environment));
  }

  private static Set<String> secretNamesOf(List<String> words) {
    for (String word : words) {
      if (word.chars().noneMatch(Character::isLetterOrDigit)) {
        throw new IllegalArgumentException(
            "--secret-names must be words like license,pin, but one is '" + word + "'");
      }
    }
    return Set.copyOf(words);
  }

  private static boolean areShown(String commandLines) {
    return switch (commandLines) {
      case "shown" -> true;
      case "hidden" -> false;
      default ->
          throw new IllegalArgumentException(
              "--command-lines must be shown or hidden, not '" + commandLines + "'");
    };
  }

  private static boolean isOn(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("--dns must be on or off, not '" + word + "'");
    };
  }

  private static Tier tierOf(int number) {
    for (Tier tier : Tier.values()) {
      if (tier.number() == number) {
        return tier;
      }
    }
    throw new IllegalArgumentException(
        "--tier must be from 1 to " + Tier.values().length + ", not " + number);
  }
}
