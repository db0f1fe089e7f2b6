package dev.otelscope.otlp;

import dev.otelscope.otlp.MessageType.Field;

/// Walks over everything that a reader does not look into, so that a message is either well formed
/// as a whole or refused. Fields that the schema does not know are passed over; known ones must
/// have their wire type. Text is not checked for being UTF-8.
final class MessageCheck {
  private final int nesting;
  private int depth;
  private long records;

  MessageCheck(int nesting) {
    this.nesting = nesting;
  }

  void reset() {
    depth = 0;
    records = 0;
  }

  /// How many data points, log records or spans it has walked over since the last reset.
  long records() {
    return records;
  }

  /// Checks from the reader's position to the end of the message it is in.
  void message(WireReader in, MessageType type) throws MalformedOtlpException {
    if (type.isRecord()) {
      records++;
    }
    while (in.hasMore()) {
      field(in, type, in.tag());
    }
  }

  /// Checks the value behind a tag that was just read.
  void field(WireReader in, MessageType type, int tag) throws MalformedOtlpException {
    Field field = type.field(tag >>> 3);
    if (field == null) {
      in.skip(tag);
    } else if (tag == field.tag()) {
      value(in, field, tag);
    } else if (field.isRepeated() && field.kind().isPackable() && (tag & 7) == WireReader.LENGTH) {
      packed(in, field);
    } else {
      throw in.malformed(
          in.position(),
          "%s.%s has wire type %d, came with %d"
              .formatted(type, field.name(), field.kind().wireType(), tag & 7));
    }
  }

  private void value(WireReader in, Field field, int tag) throws MalformedOtlpException {
    MessageType message = field.message();
    if (message == null) {
      in.skip(tag);
      return;
    }
    boolean nests = message.nests();
    if (nests && ++depth > nesting) {
      throw in.malformed(in.position(), "lists and maps nested deeper than " + nesting);
    }
    int outer = in.enter();
    message(in, message);
    in.leave(outer);
    if (nests) {
      depth--;
    }
  }

  private static void packed(WireReader in, Field field) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      in.skip(field.kind().wireType());
    }
    in.leave(outer);
  }
}
