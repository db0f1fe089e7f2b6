package dev.otelscope.probe.procfs;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Reads a whole table of `/proc/net` line by line through one reused buffer; no strings. Not
/// thread-safe.
final class SocketTable {
  /// Hears of each line; the row is valid during the call only.
  interface Visitor {
    void visit(SocketRow row);
  }

  private static final int CAPACITY = 64 * 1024;

  private final MemorySegment segment = Arena.ofAuto().allocate(CAPACITY, 8);
  private final ByteBuffer chunk = segment.asByteBuffer();
  private final byte[] bytes = new byte[2 * CAPACITY];
  private final SocketRow row = new SocketRow();
  private int held;
  private boolean inHeading;
  private int malformed;

  /// Tells `visitor` each socket of the table.
  ///
  /// @param fd of the open file; stays open
  /// @return how many lines could not be understood
  int read(int fd, Visitor visitor) throws KernelException {
    begin();
    while (true) {
      long length = Libc.read(fd, segment);
      if (length == 0) {
        return malformed;
      }
      if (length > 0) {
        chunk.get(0, bytes, held, (int) length);
        take((int) length, visitor);
      } else if (length != -Errno.EINTR) {
        throw new KernelException("read(/proc/net)", (int) -length, "");
      }
    }
  }

  /// As above, from bytes that were read already.
  int parse(byte[] table, Visitor visitor) {
    begin();
    for (int from = 0; from < table.length; from += CAPACITY) {
      int length = Math.min(CAPACITY, table.length - from);
      System.arraycopy(table, from, bytes, held, length);
      take(length, visitor);
    }
    return malformed;
  }

  private void begin() {
    held = 0;
    inHeading = true;
    malformed = 0;
  }

  /// Takes bytes that were put after those that are held, and keeps what follows the last line.
  private void take(int length, Visitor visitor) {
    int end = held + length;
    int line = 0;
    for (int i = held; i < end; i++) {
      if (bytes[i] == '\n') {
        takeLine(line, i, visitor);
        line = i + 1;
      }
    }
    held = end - line;
    System.arraycopy(bytes, line, bytes, 0, held);
    if (held > CAPACITY) {
      malformed++; // no line is that long: let go of it
      held = 0;
    }
  }

  private void takeLine(int from, int to, Visitor visitor) {
    if (inHeading) {
      inHeading = false;
    } else if (row.parse(bytes, from, to)) {
      visitor.visit(row);
    } else {
      malformed++;
    }
  }
}
