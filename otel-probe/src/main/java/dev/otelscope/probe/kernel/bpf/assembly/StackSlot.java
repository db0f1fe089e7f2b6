package dev.otelscope.probe.kernel.bpf.assembly;

import static java.util.Objects.requireNonNull;

/// A named part of a program's stack frame. Not cleared by anyone: the kernel refuses programs that
/// hand out bytes which they never wrote.
///
/// @param offset of its first byte from [Register#R10], negative
/// @param size in bytes
public record StackSlot(String name, int offset, int size) {
  public StackSlot {
    requireNonNull(name, "name");
  }

  /// The place so many bytes into the slot.
  public Memory at(int within) {
    if (within < 0 || within >= size) {
      throw new AssemblyException(
          "slot '" + name + "' has " + size + " bytes, so none at " + within);
    }
    return Register.R10.at(offset + within);
  }
}
