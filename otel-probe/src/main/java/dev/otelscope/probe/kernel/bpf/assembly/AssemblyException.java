package dev.otelscope.probe.kernel.bpf.assembly;

/// A program that was put together wrongly: a mistake in this one, not of the machine.
public final class AssemblyException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  AssemblyException(String message) {
    super(message);
  }
}
