package dev.otelscope.graphstream;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.GraphDelta;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// A delta as items of the stream, made when the first reader asks and shared by all of them.
final class Encoded {
  /*
   * Compression
   *   A gzip stream is a header, deflate blocks, a trailer. Every item is deflated on its own, ended
   *   by a flush to a byte boundary, and marked as not the last. Such pieces may follow each other
   *   in any stream, so one compression serves all readers, whenever each of them began.
   */

  private @Nullable Supplier<GraphDelta> delta;
  private @Nullable List<byte[]> plain;
  private @Nullable List<byte[]> deflated;

  Encoded(Supplier<GraphDelta> delta) {
    this.delta = delta;
  }

  synchronized List<byte[]> plain() {
    if (delta != null) {
      plain = FrameWriter.delta(DeltaWriter.write(delta.get()));
      delta = null; // the bytes say it all; the graph that it holds may go
    }
    return requireNonNull(plain);
  }

  /// The same items, each deflated.
  synchronized List<byte[]> deflated() {
    if (deflated == null) {
      deflated = plain().stream().map(Encoded::deflate).toList();
    }
    return deflated;
  }

  static byte[] deflate(byte[] item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(item.length / 4 + 16);
    byte[] buffer = new byte[8192];
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
      deflater.setInput(item);
      int length;
      do {
        length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        out.write(buffer, 0, length);
      } while (length == buffer.length);
    }
    return out.toByteArray();
  }
}
