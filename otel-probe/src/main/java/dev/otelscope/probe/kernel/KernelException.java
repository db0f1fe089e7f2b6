package dev.otelscope.probe.kernel;

import java.io.IOException;

/// A system call that failed.
public final class KernelException extends IOException {
  private static final long serialVersionUID = 1;

  private final int errno;

  /// @param call what was tried, such as `setns(/run/netns/web)`
  /// @param errno positive, as in [Errno]
  /// @param hint what to do about it, one clause; empty when there is nothing to say
  public KernelException(String call, int errno, String hint) {
    super(call + " failed with " + Errno.name(errno) + (hint.isEmpty() ? "" : "; " + hint));
    this.errno = errno;
  }

  /// As in [Errno].
  public int errno() {
    return errno;
  }

  /// Whether a privilege was missing.
  public boolean isDenied() {
    return Errno.isDenied(errno);
  }
}
