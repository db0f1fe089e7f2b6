package dev.otelscope.probe.kernel;

/// Error numbers that the probe tells apart (`include/uapi/asm-generic/errno.h`).
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ENOSYS = 38;
  public static final int EOPNOTSUPP = 95;
  public static final int ENETDOWN = 100;
  public static final int ENOBUFS = 105;

  /// Of no header that programs see, but `bpf` and others return it (`include/linux/errno.h`).
  public static final int ENOTSUPP = 524;

  private Errno() {}

  /// Whether it says that a privilege is missing.
  public static boolean isDenied(int errno) {
    return errno == EPERM || errno == EACCES;
  }

  /// The symbol, such as `EPERM`, or `errno 999` for one without.
  public static String name(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case ESRCH -> "ESRCH";
      case EINTR -> "EINTR";
      case 5 -> "EIO";
      case 7 -> "E2BIG";
      case 9 -> "EBADF";
      case EAGAIN -> "EAGAIN";
      case ENOMEM -> "ENOMEM";
      case EACCES -> "EACCES";
      case 16 -> "EBUSY";
      case 17 -> "EEXIST";
      case 19 -> "ENODEV";
      case 20 -> "ENOTDIR";
      case EINVAL -> "EINVAL";
      case 23 -> "ENFILE";
      case 24 -> "EMFILE";
      case ENOSPC -> "ENOSPC";
      case ENOSYS -> "ENOSYS";
      case 40 -> "ELOOP";
      case 92 -> "ENOPROTOOPT";
      case 93 -> "EPROTONOSUPPORT";
      case EOPNOTSUPP -> "EOPNOTSUPP";
      case 97 -> "EAFNOSUPPORT";
      case ENETDOWN -> "ENETDOWN";
      case ENOBUFS -> "ENOBUFS";
      case 111 -> "ECONNREFUSED";
      case ENOTSUPP -> "ENOTSUPP";
      default -> "errno " + errno;
    };
  }
}
