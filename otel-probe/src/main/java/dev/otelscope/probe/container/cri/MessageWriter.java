package dev.otelscope.probe.container.cri;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// Writes a protobuf message, field by field. Numbers of fields are below 16.
final class MessageWriter {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  MessageWriter text(int field, String text) {
    return value(field, text.getBytes(UTF_8));
  }

  MessageWriter message(int field, MessageWriter message) {
    return value(field, message.bytes());
  }

  /// Says that a truth holds; one that does not is left out.
  MessageWriter yes(int field) {
    bytes.write(field << 3 | VARINT);
    bytes.write(1);
    return this;
  }

  private MessageWriter value(int field, byte[] value) {
    bytes.write(field << 3 | LENGTH);
    int length = value.length;
    for (; length > 0x7F; length >>>= 7) {
      bytes.write(length | 0x80);
    }
    bytes.write(length);
    bytes.writeBytes(value);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
