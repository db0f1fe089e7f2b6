package dev.otelscope.probe.kernel.bpf.assembly;

/// How many bytes a load or store moves. Loads fill the rest of the register with zeros.
public enum Width {
  U8(1, 0x10),
  U16(2, 0x08),
  U32(4, 0x00),
  U64(8, 0x18);

  private final int bytes;
  private final int code;

  Width(int bytes, int code) {
    this.bytes = bytes;
    this.code = code;
  }

  public int bytes() {
    return bytes;
  }

  /// The width of a field of so many bytes.
  public static Width of(int bytes) {
    return switch (bytes) {
      case 1 -> U8;
      case 2 -> U16;
      case 4 -> U32;
      case 8 -> U64;
      default -> throw new AssemblyException("a load has 1, 2, 4 or 8 bytes, not " + bytes);
    };
  }

  /// The size bits of an instruction.
  int code() {
    return code;
  }

  @Override
  public String toString() {
    return "u" + 8 * bytes;
  }
}
