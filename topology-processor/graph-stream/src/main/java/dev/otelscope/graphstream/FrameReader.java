package dev.otelscope.graphstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Takes the items of a stream apart, one at a time, without reading ahead of the item asked for
/// and without more memory than the largest item or message may have.
final class FrameReader implements AutoCloseable {
  /// A larger delta is refused; a million edges have a third of it.
  static final int MAX_DELTA = 512 << 20;

  private static final Frame.Kind[] KINDS = Frame.Kind.values();

  private final CborCursor in;

  FrameReader(InputStream in) throws IOException {
    this.in = new CborCursor(in);
  }

  /// The next item, empty when the stream ended after the previous one.
  Optional<Frame> next() throws IOException {
    if (in.atEnd()) {
      return Optional.empty();
    }
    in.beginArray();
    Frame.Kind kind = KINDS[in.index(KINDS.length)];
    boolean last = in.truth();
    Bounded payload = new Bounded();
    in.bytes(payload);
    in.endArray();
    return Optional.of(new Frame(kind, last, payload.toByteArray()));
  }

  /// The header, with which a stream begins.
  StreamHeader header() throws IOException {
    Frame frame = next().orElseThrow(() -> in.malformed("expected a header, came the end"));
    if (frame.kind() != Frame.Kind.HEADER || !frame.last()) {
      throw in.malformed("expected a header, came " + frame.kind());
    }
    try (CborCursor header = new CborCursor(frame.payload())) {
      header.beginArray();
      int format = header.index(Integer.MAX_VALUE);
      if (format != DeltaWriter.FORMAT) {
        throw in.malformed(
            "the stream has format "
                + format
                + ", this program reads "
                + DeltaWriter.FORMAT
                + ": use the same version on both sides");
      }
      StreamHeader read = new StreamHeader(format, header.text(), header.whole());
      header.endArray();
      return read;
    }
  }

  /// The payload that `first` begins.
  byte[] complete(Frame first) throws IOException {
    if (first.last()) {
      return first.payload();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(2 * Frame.MAX_PAYLOAD);
    Frame frame = first;
    whole.writeBytes(frame.payload());
    while (!frame.last()) {
      frame = next().orElseThrow(() -> in.malformed("the stream ends within a delta"));
      if (frame.kind() != first.kind()) {
        throw in.malformed("expected more of a " + first.kind() + ", came " + frame.kind());
      }
      if (whole.size() + frame.payload().length > MAX_DELTA) {
        throw in.malformed("a delta of more than " + MAX_DELTA + " bytes");
      }
      whole.writeBytes(frame.payload());
    }
    return whole.toByteArray();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /// Refuses what an item must not have, before it takes memory.
  private final class Bounded extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      reserve(1);
      bytes.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      reserve(length);
      bytes.write(source, offset, length);
    }

    private void reserve(int length) throws IOException {
      if (bytes.size() + length > Frame.MAX_PAYLOAD) {
        throw in.malformed("an item of more than " + Frame.MAX_PAYLOAD + " bytes");
      }
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
