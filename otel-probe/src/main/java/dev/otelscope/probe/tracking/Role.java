package dev.otelscope.probe.tracking;

import java.util.Locale;

/// Which end of a connection a socket is: `otelscope.connection.role`.
public enum Role {
  CLIENT,
  SERVER,
  UNKNOWN;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The value on the wire.
  @Override
  public String toString() {
    return text;
  }
}
