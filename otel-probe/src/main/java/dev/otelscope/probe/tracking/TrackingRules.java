package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

/// What the tracker must know of its surroundings.
///
/// @param reaches until the tracker is told of other local networks
/// @param mayWait whether a new connection may wait one scan for what is not known of it at first:
///   only where that is not too long
public record TrackingRules(EphemeralPorts ephemeralPorts, Reaches reaches, boolean mayWait) {

  public TrackingRules {
    requireNonNull(ephemeralPorts, "ephemeralPorts");
    requireNonNull(reaches, "reaches");
  }
}
