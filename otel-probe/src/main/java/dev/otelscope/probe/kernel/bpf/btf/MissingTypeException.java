package dev.otelscope.probe.kernel.bpf.btf;

import java.io.IOException;

/// The running kernel has no such type or field: it is older, newer, or built without it.
public final class MissingTypeException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param what such as `struct sock` or `sock.sk_protocol`
  MissingTypeException(String what) {
    super("this kernel's type information (BTF) has no " + what);
  }
}
