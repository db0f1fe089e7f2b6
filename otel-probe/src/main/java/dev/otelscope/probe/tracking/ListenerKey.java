package dev.otelscope.probe.tracking;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;

/// Where an entity listens.
///
/// @param namespace of the sockets
public record ListenerKey(
    LocalEntity owner, String namespace, Transport transport, IpAddress address, int port) {}
