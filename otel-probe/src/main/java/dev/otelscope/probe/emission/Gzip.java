package dev.otelscope.probe.emission;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Compresses one message after the other as gzip (RFC 1952).
///
/// The JDK's own stream takes and frees a quarter of a megabyte for each message, and searches
/// longer than a probe that sends each second should. Not thread-safe.
final class Gzip {
  /// Without the search for longer matches that begins at 4: half the time of the usual 6, for 8 %
  /// more bytes of what the probe sends.
  private static final int LEVEL = 3;

  private static final int BUFFER = 8192;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, -1};
  private static final int TRAILER = 8;

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 checksum = new CRC32();

  /// Begins a message, which ends when the stream is closed.
  ///
  /// @param out left open
  OutputStream compress(OutputStream out) throws IOException {
    out.write(HEADER);
    deflater.reset();
    checksum.reset();
    return new Message(out);
  }

  private final class Message extends DeflaterOutputStream {
    private Message(OutputStream out) {
      super(out, deflater, BUFFER);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      super.write(bytes, offset, length);
      checksum.update(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      finish();
      out.write(
          ByteBuffer.allocate(TRAILER)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt((int) checksum.getValue())
              .putInt((int) deflater.getBytesRead())
              .array());
    }
  }
}
