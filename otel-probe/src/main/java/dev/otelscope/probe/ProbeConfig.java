package dev.otelscope.probe;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.emission.ReceiverTarget;
import dev.otelscope.probe.emission.ResourceAttributes;
import dev.otelscope.probe.emission.StandardVariable;
import dev.otelscope.probe.process.ProcessSelection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a probe can be told.
///
/// @param hostId `otelscope.host.id`; a hash of machine id and host name when empty
/// @param namespaces network namespaces to look into, by name in `/run/netns` or inode number; all
///   when empty
/// @param bestTier the best tier that is tried; all are when empty
/// @param interval between two looks at the machine, which are also the exports: 0.1 s to 30 s
/// @param localNetworks networks that every host has for itself, such as the bridges of a container
///   runtime: addresses in them mean something on this host only
/// @param runtimeSockets where a runtime (Docker, Podman, or one with CRI v1, such as containerd)
///   may be asked about its containers
/// @param dns whether answers of name servers are listened to, so that addresses get names
/// @param nodeName of the Kubernetes node that this host is
/// @param processes that are said although they have no connections
/// @param secretNames further parts of names of options and variables whose values are masked
/// @param commandLines whether they are said, masked; else only their first word
/// @param receiver where metrics go
/// @param logsReceiver where logs go; nowhere when empty
/// @param resourceAttributes said of everything that it sees
/// @param disabled whether it is to see and send nothing, as `OTEL_SDK_DISABLED` says it
public record ProbeConfig(
    Optional<String> hostId,
    Set<String> namespaces,
    Optional<Tier> bestTier,
    Duration interval,
    List<Cidr> localNetworks,
    List<Path> runtimeSockets,
    boolean dns,
    Optional<String> nodeName,
    ProcessSelection processes,
    Set<String> secretNames,
    boolean commandLines,
    ReceiverTarget receiver,
    Optional<ReceiverTarget> logsReceiver,
    ResourceAttributes resourceAttributes,
    boolean disabled) {
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
  public static final List<Path> DEFAULT_RUNTIME_SOCKETS =
      List.of(
          Path.of("/run/docker.sock"),
          Path.of("/run/podman/podman.sock"),
          Path.of("/run/containerd/containerd.sock"),
          Path.of("/run/crio/crio.sock"),
          Path.of("/run/k3s/containerd/containerd.sock"),
          Path.of("/run/k0s/containerd.sock"),
          Path.of("/var/snap/microk8s/common/run/containerd.sock"));
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(30);

  public ProbeConfig {
    requireNonNull(receiver, "receiver");
    requireNonNull(resourceAttributes, "resourceAttributes");
    requireNonNull(processes, "processes");
    namespaces = Set.copyOf(namespaces);
    secretNames = Set.copyOf(secretNames);
    localNetworks = List.copyOf(localNetworks);
    runtimeSockets = List.copyOf(runtimeSockets);
    if (hostId.isPresent() && hostId.get().isBlank()) {
      throw new IllegalArgumentException("the host id must not be blank");
    }
    if (!isPossible(interval)) {
      throw new IllegalArgumentException(
          "the interval must be from 0.1 to 30 seconds, not "
              + interval.toMillis() / 1e3
              + " seconds");
    }
  }

  /// Everything on this machine, once a second, to where the standard variables say.
  ///
  /// @throws IllegalArgumentException when a variable cannot be understood
  public static ProbeConfig fromEnvironment(Map<String, String> environment) {
    return new ProbeConfig(
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        intervalFrom(environment),
        List.of(),
        DEFAULT_RUNTIME_SOCKETS,
        true,
        Optional.empty(),
        ProcessSelection.NONE,
        Set.of(),
        true,
        ReceiverTarget.fromEnvironment(environment),
        ReceiverTarget.ofLogs(environment),
        ResourceAttributes.fromEnvironment(environment),
        isDisabled(environment));
  }

  /// Everything on this machine, once a second, to a receiver such as `http://127.0.0.1:4318`.
  public static ProbeConfig sendingTo(URI receiver) {
    return fromEnvironment(Map.of()).withReceiver(ReceiverTarget.http(receiver));
  }

  /// The same with another receiver, for everything.
  public ProbeConfig withReceiver(ReceiverTarget other) {
    return new ProbeConfig(
        hostId,
        namespaces,
        bestTier,
        interval,
        localNetworks,
        runtimeSockets,
        dns,
        nodeName,
        processes,
        secretNames,
        commandLines,
        other,
        Optional.of(other.forLogs()),
        resourceAttributes,
        disabled);
  }

  /// `OTEL_METRIC_EXPORT_INTERVAL`, in milliseconds.
  static Duration intervalFrom(Map<String, String> environment) {
    Optional<StandardVariable> variable =
        StandardVariable.of(environment, "OTEL_METRIC_EXPORT_INTERVAL");
    Duration interval = variable.map(StandardVariable::millis).orElse(DEFAULT_INTERVAL);
    if (!isPossible(interval)) {
      throw variable
          .orElseThrow()
          .wrong(
              "from 100 to 30000 milliseconds (a series that is silent for longer counts as"
                  + " ended)");
    }
    return interval;
  }

  /// `OTEL_SDK_DISABLED`.
  static boolean isDisabled(Map<String, String> environment) {
    return StandardVariable.of(environment, "OTEL_SDK_DISABLED")
        .map(StandardVariable::isTrue)
        .orElse(false);
  }

  private static boolean isPossible(Duration interval) {
    return interval.compareTo(SHORTEST_INTERVAL) >= 0 && interval.compareTo(LONGEST_INTERVAL) <= 0;
  }
}
