package dev.otelscope.probe.kernel.bpf.assembly;

import java.util.Locale;

/// The registers of eBPF, 64 bits each.
public enum Register {
  /// Result of a call, and of the program.
  R0(0),
  /// First argument of a call; calls destroy this one and the next four. At the beginning of a
  /// program: its context.
  R1(1),
  R2(2),
  R3(3),
  R4(4),
  R5(5),
  /// Kept by calls, as are the next three.
  R6(6),
  R7(7),
  R8(8),
  R9(9),
  /// End of the stack frame, read-only: slots lie below it.
  R10(10);

  private final int number;
  private final String text = name().toLowerCase(Locale.ROOT);

  Register(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /// Memory at a distance from where this register points.
  public Memory at(int offset) {
    return new Memory(this, offset);
  }

  /// As in the kernel's documents: `r1`.
  @Override
  public String toString() {
    return text;
  }
}
