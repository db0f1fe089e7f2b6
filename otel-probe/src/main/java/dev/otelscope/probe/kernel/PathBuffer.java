package dev.otelscope.probe.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A path for system calls, put together in place: no strings, no allocation. Not thread-safe.
final class PathBuffer {
  private static final int CAPACITY = 512;

  private final MemorySegment bytes = Arena.ofAuto().allocate(CAPACITY);
  private int length;

  PathBuffer clear() {
    length = 0;
    return this;
  }

  /// @param text ASCII
  PathBuffer text(String text) {
    for (int i = 0; i < text.length(); i++) {
      put((byte) text.charAt(i));
    }
    return this;
  }

  PathBuffer number(int number) {
    int divisor = 1;
    while (number / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      put((byte) ('0' + number / divisor % 10));
    }
    return this;
  }

  /// The path with a zero byte at its end; valid until the next change.
  MemorySegment terminated() {
    bytes.set(JAVA_BYTE, length, (byte) 0);
    return bytes;
  }

  private void put(byte value) {
    if (length == CAPACITY - 1) {
      throw new IllegalArgumentException("path longer than " + (CAPACITY - 1) + " bytes");
    }
    bytes.set(JAVA_BYTE, length++, value);
  }
}
