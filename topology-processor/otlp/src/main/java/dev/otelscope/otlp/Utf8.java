package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A text known beforehand, such as an attribute's name, to be compared with bytes of a message.
public final class Utf8 {
  private final String text;
  private final byte[] bytes;

  private Utf8(String text) {
    this.text = text;
    this.bytes = text.getBytes(UTF_8);
  }

  public static Utf8 of(String text) {
    return new Utf8(text);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return text;
  }
}
