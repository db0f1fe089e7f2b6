package dev.otelscope.serving;

import static java.util.Objects.requireNonNull;

/// Something that is served on a port of its own.
///
/// @param name what a person calls it, as the beginning of a sentence
/// @param option with which a person chooses the port
public record Endpoint(String name, String option, Port port) {

  public Endpoint {
    requireNonNull(name, "name");
    requireNonNull(option, "option");
    requireNonNull(port, "port");
  }
}
