package dev.otelscope.probe.container;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a container has used up to now, and how much it may use.
///
/// @param cpuUserSeconds since it was made
/// @param cpuSystemSeconds since it was made
/// @param memoryBytes in use now, without file pages that could be dropped at once
/// @param bytesRead from block devices since it was made
/// @param bytesWritten to block devices since it was made
/// @param cpuLimit processors; empty when there is no limit
/// @param memoryLimitBytes empty when there is no limit
/// @param network empty when it is the host's, or cannot be seen
public record ContainerUsage(
    double cpuUserSeconds,
    double cpuSystemSeconds,
    long memoryBytes,
    long bytesRead,
    long bytesWritten,
    OptionalDouble cpuLimit,
    OptionalLong memoryLimitBytes,
    Optional<ContainerNetwork> network) {

  public ContainerUsage {
    requireNonNull(cpuLimit, "cpuLimit");
    requireNonNull(memoryLimitBytes, "memoryLimitBytes");
    requireNonNull(network, "network");
  }
}
