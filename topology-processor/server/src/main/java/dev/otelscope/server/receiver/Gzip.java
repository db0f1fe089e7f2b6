package dev.otelscope.server.receiver;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Decompresses without trusting what it decompresses.
final class Gzip {
  private Gzip() {}

  /// The decompressed bytes, empty when there are more than `limit`; no more than that are ever
  /// held.
  ///
  /// @throws IOException when the bytes are not gzip; the message says why
  static Optional<byte[]> decompress(byte[] compressed, int limit) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), 8192)) {
      byte[] bytes = in.readNBytes(limit);
      return in.read() < 0 ? Optional.of(bytes) : Optional.empty();
    } catch (ZipException e) {
      throw new IOException("the body is not gzip: " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new IOException("the gzip body of " + compressed.length + " bytes ends too early", e);
    }
  }
}
