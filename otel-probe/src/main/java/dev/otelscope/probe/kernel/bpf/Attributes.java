package dev.otelscope.probe.kernel.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The arguments of one call of `bpf`: a zeroed part of `union bpf_attr`, filled by offset.
final class Attributes {
  /// Longest name of a map or a program; what is longer is cut.
  private static final int NAME = 15;

  private final MemorySegment bytes;

  Attributes(Arena arena, int size) {
    bytes = arena.allocate(size, Long.BYTES);
  }

  Attributes with(int offset, int value) {
    bytes.set(JAVA_INT, offset, value);
    return this;
  }

  Attributes with(int offset, long value) {
    bytes.set(JAVA_LONG, offset, value);
    return this;
  }

  Attributes with(int offset, MemorySegment address) {
    bytes.set(ADDRESS, offset, address);
    return this;
  }

  Attributes withName(int offset, String name) {
    byte[] letters = name.getBytes(US_ASCII);
    MemorySegment.copy(letters, 0, bytes, JAVA_BYTE, offset, Math.min(letters.length, NAME));
    return this;
  }

  int read(int offset) {
    return bytes.get(JAVA_INT, offset);
  }

  MemorySegment bytes() {
    return bytes;
  }
}
