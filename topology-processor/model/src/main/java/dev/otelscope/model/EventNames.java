package dev.otelscope.model;

/// Names of the events that the probe sends as OTLP logs.
public final class EventNames {
  /// A name server has answered with an address for a name.
  public static final String DNS_ANSWER = "otelscope.dns.answer";

  private EventNames() {}
}
