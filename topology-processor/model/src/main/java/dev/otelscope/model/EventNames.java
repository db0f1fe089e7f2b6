package dev.otelscope.model;

/// Names of the events that the probe sends as OTLP logs.
public final class EventNames {
  /// A name server has answered with an address for a name.
  public static final String DNS_ANSWER = "otelscope.dns.answer";

  /// An address is translated in connections that there are.
  public static final String TRANSLATION = "otelscope.network.translation";

  /// What an entity is now.
  public static final String ENTITY_STATE = "entity.state";

  /// An entity is gone.
  public static final String ENTITY_DELETE = "entity.delete";

  private EventNames() {}
}
