package dev.otelscope.engine.observation;

/// What a point of a connection series says a number about.
public enum Figure {
  /// Connections that are open now. A gauge.
  ACTIVE(false),
  OPENED(true),
  FAILED(true),
  RESET(true),
  /// Payload bytes that the observer sent.
  TRANSMITTED(true),
  /// Payload bytes that the observer received.
  RECEIVED(true),
  /// Segments.
  RETRANSMITS(true),
  /// Seconds, mean of the open connections. A gauge.
  ROUND_TRIP(false);

  private final boolean counter;

  Figure(boolean counter) {
    this.counter = counter;
  }

  /// Whether it only grows, so that a total and a rate can be made of it.
  public boolean isCounter() {
    return counter;
  }
}
