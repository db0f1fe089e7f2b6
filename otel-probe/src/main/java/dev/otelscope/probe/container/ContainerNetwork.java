package dev.otelscope.probe.container;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.kernel.NetworkDevices.Traffic;
import java.util.Map;

/// The network devices that a container sees.
///
/// @param namespace inode number of its network namespace; the containers of a pod have the same
/// @param devices what went through them, by name, without loopback
public record ContainerNetwork(String namespace, Map<String, Traffic> devices) {
  public ContainerNetwork {
    requireNonNull(namespace, "namespace");
    devices = Map.copyOf(devices);
  }
}
