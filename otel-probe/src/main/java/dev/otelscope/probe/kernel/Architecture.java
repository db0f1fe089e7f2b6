package dev.otelscope.probe.kernel;

/// What the kernel numbers differently on each processor. Everything else that this package uses is
/// the same on both: errno values, socket options, netlink and `/proc`.
///
/// Sources: `arch/x86/entry/syscalls/syscall_64.tbl`, `include/uapi/asm-generic/unistd.h`,
/// `include/uapi/asm-generic/fcntl.h`, `arch/arm64/include/uapi/asm/fcntl.h`.
enum Architecture {
  AMD64(217, 321, 0x10000),
  ARM64(61, 280, 0x4000);

  private final long getdents64;
  private final long bpf;
  private final int directoryFlag;

  Architecture(long getdents64, long bpf, int directoryFlag) {
    this.getdents64 = getdents64;
    this.bpf = bpf;
    this.directoryFlag = directoryFlag;
  }

  /// The processor this runs on.
  ///
  /// @throws UnsupportedOperationException on any other
  static Architecture current() {
    return named(System.getProperty("os.arch"));
  }

  /// @param name as in the system property `os.arch`
  static Architecture named(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> AMD64;
      case "aarch64", "arm64" -> ARM64;
      default ->
          throw new UnsupportedOperationException(
              "the probe knows the system calls of amd64 and aarch64, not of '" + name + "'");
    };
  }

  /// Number of the system call `getdents64`, which older C libraries have no function for.
  long getdents64() {
    return getdents64;
  }

  /// Number of the system call `bpf`, which the C library has no function for.
  long bpf() {
    return bpf;
  }

  /// `O_DIRECTORY`
  int directoryFlag() {
    return directoryFlag;
  }
}
