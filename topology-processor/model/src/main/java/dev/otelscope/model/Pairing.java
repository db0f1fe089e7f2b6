package dev.otelscope.model;

import java.util.Locale;

/// How sure it is that exactly these two ends belong together. Ordered from sure to unsure, so that
/// a sum of edges is as sure as its least sure part.
public enum Pairing {
  /// Both sockets were paired, or there is only one candidate.
  EXACT,
  /// Which connections belong to whom was computed from shares.
  ESTIMATED,
  /// Several candidates: the edge ends at what they have in common.
  AMBIGUOUS;

  private final String text = name().toLowerCase(Locale.ROOT);

  @Override
  public String toString() {
    return text;
  }

  public static Pairing parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  public Pairing or(Pairing other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
