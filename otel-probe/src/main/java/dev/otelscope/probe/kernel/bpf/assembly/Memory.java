package dev.otelscope.probe.kernel.bpf.assembly;

import static java.util.Objects.requireNonNull;

/// A place in memory that a load or store names.
///
/// @param offset in bytes; must fit 16 bits
public record Memory(Register base, int offset) {
  public Memory {
    requireNonNull(base, "base");
    if (offset != (short) offset) {
      throw new AssemblyException(
          "offset "
              + offset
              + " from "
              + base
              + " is not in -32768 to 32767: add to "
              + base
              + " first");
    }
  }

  /// The place so many bytes further on.
  public Memory plus(int bytes) {
    return new Memory(base, offset + bytes);
  }

  /// As in the kernel's documents: `(r1 + 8)`.
  @Override
  public String toString() {
    return "(" + base + (offset < 0 ? " - " + -offset : " + " + offset) + ")";
  }
}
