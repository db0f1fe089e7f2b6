package dev.otelscope.probe.kernel.bpf.assembly;

/// When a conditional jump is taken. Compares 64 bits, without sign except where the name says so.
public enum Comparison {
  EQUAL(0x10, "=="),
  GREATER(0x20, ">"),
  GREATER_OR_EQUAL(0x30, ">="),
  /// Any of the bits is set.
  HAS_ANY_OF(0x40, "&"),
  NOT_EQUAL(0x50, "!="),
  SIGNED_GREATER(0x60, "s>"),
  SIGNED_GREATER_OR_EQUAL(0x70, "s>="),
  LESS(0xa0, "<"),
  LESS_OR_EQUAL(0xb0, "<="),
  SIGNED_LESS(0xc0, "s<"),
  SIGNED_LESS_OR_EQUAL(0xd0, "s<=");

  private final int code;
  private final String sign;

  Comparison(int code, String sign) {
    this.code = code;
    this.sign = sign;
  }

  int code() {
    return code;
  }

  @Override
  public String toString() {
    return sign;
  }
}
