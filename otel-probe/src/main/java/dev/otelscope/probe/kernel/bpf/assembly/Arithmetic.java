package dev.otelscope.probe.kernel.bpf.assembly;

/// What can be done to a register. All on 64 bits, without sign except where the name says so.
public enum Arithmetic {
  ADD(0x00, "+="),
  SUB(0x10, "-="),
  MUL(0x20, "*="),
  /// Division by zero gives zero.
  DIV(0x30, "/="),
  OR(0x40, "|="),
  AND(0x50, "&="),
  SHIFT_LEFT(0x60, "<<="),
  SHIFT_RIGHT(0x70, ">>="),
  /// Modulo zero leaves the register as it is.
  MOD(0x90, "%="),
  XOR(0xa0, "^="),
  SIGNED_SHIFT_RIGHT(0xc0, "s>>=");

  private final int code;
  private final String sign;

  Arithmetic(int code, String sign) {
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
