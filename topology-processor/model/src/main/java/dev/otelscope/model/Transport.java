package dev.otelscope.model;

import java.util.Locale;

/// `network.transport` of the semantic conventions, as far as the map shows it.
public enum Transport {
  TCP,
  UDP;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The value of `network.transport`.
  @Override
  public String toString() {
    return text;
  }

  /// @throws IllegalArgumentException for anything but `tcp` and `udp`
  public static Transport parse(String text) {
    return switch (text) {
      case "tcp" -> TCP;
      case "udp" -> UDP;
      default ->
          throw new IllegalArgumentException("transport must be tcp or udp, not '" + text + "'");
    };
  }
}
