package dev.otelscope.graphstream;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Makes the items of the stream from payloads of any length; [FrameReader] is its inverse.
final class FrameWriter {
  private static final CBORFactory CBOR = new CBORFactory();
  private static final byte[] NOTHING = {};

  private FrameWriter() {}

  static byte[] header(StreamHeader header) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    try (CBORGenerator out = CBOR.createGenerator(payload)) {
      out.writeStartArray(null, 3);
      out.writeNumber(header.format());
      out.writeString(header.epoch());
      out.writeNumber(header.base());
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return item(Frame.Kind.HEADER, true, payload.toByteArray(), 0, payload.size());
  }

  static byte[] heartbeat() {
    return item(Frame.Kind.HEARTBEAT, true, NOTHING, 0, 0);
  }

  /// A delta as [DeltaWriter] wrote it, in as many items as it needs.
  static List<byte[]> delta(byte[] payload) {
    List<byte[]> items = new ArrayList<>();
    int offset = 0;
    do {
      int length = Math.min(Frame.MAX_PAYLOAD, payload.length - offset);
      boolean last = offset + length == payload.length;
      items.add(item(Frame.Kind.DELTA, last, payload, offset, length));
      offset += length;
    } while (offset < payload.length);
    return items;
  }

  private static byte[] item(Frame.Kind kind, boolean last, byte[] bytes, int offset, int length) {
    ByteArrayOutputStream item = new ByteArrayOutputStream(length + 8);
    try (CBORGenerator out = CBOR.createGenerator(item)) {
      out.writeStartArray(null, 3);
      out.writeNumber(kind.code);
      out.writeBoolean(last);
      out.writeBinary(bytes, offset, length);
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return item.toByteArray();
  }
}
