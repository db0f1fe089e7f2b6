package dev.otelscope.probe.kernel.bpf;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.kernel.Libc;

/// Something in the kernel that lives as long as a file descriptor of it is open. The kernel keeps
/// what it depends on by itself: a link its program, a program its maps.
public abstract sealed class BpfObject implements AutoCloseable
    permits BpfMap, BpfProgram, BpfLink, TypeDescription {
  private final String name;
  private int descriptor;

  BpfObject(String name, int descriptor) {
    this.name = requireNonNull(name, "name");
    this.descriptor = descriptor;
  }

  /// For messages.
  final String name() {
    return name;
  }

  /// The open file.
  ///
  /// @throws IllegalStateException when it was closed
  public final int descriptor() {
    if (descriptor < 0) {
      throw new IllegalStateException(name + " is closed");
    }
    return descriptor;
  }

  /// Gives it back to the kernel; a second time does nothing.
  @Override
  public final void close() {
    if (descriptor >= 0) {
      Libc.close(descriptor);
      descriptor = -1;
    }
  }
}
