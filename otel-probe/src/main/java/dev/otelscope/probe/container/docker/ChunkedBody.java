package dev.otelscope.probe.container.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A body in chunks (RFC 9112, section 7.1) without their frames. What is there is given at once,
/// without waiting for the rest of a chunk.
final class ChunkedBody extends InputStream {
  private static final int LONGEST_SIZE_LINE = 256;

  private final InputStream in;
  private long left;
  private boolean isFirst = true;
  private boolean isOver;

  ChunkedBody(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !isOver) {
      begin();
    }
    if (isOver) {
      return -1;
    }
    int read = in.read(into, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("the answer ended within a chunk");
    }
    left -= read;
    return read;
  }

  private void begin() throws IOException {
    if (!isFirst) {
      line(); // the line break behind a chunk
    }
    isFirst = false;
    String line = line();
    int extension = line.indexOf(';');
    String size = (extension < 0 ? line : line.substring(0, extension)).strip();
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("expected the size of a chunk in hexadecimal, but got: " + size, e);
    }
    if (left < 0) {
      throw new IOException("a chunk cannot have a size of " + size);
    }
    isOver = left == 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > LONGEST_SIZE_LINE) {
        throw new EOFException("expected the size of a chunk, but got: " + line);
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
