package dev.otelscope.probe.kernel.bpf;

import static dev.otelscope.probe.kernel.Capability.BPF;
import static dev.otelscope.probe.kernel.Capability.NET_ADMIN;
import static dev.otelscope.probe.kernel.Capability.PERFMON;

import dev.otelscope.probe.kernel.Capability;
import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.Libc;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the system call `bpf` can be told (`enum bpf_cmd`).
enum BpfCommand {
  MAP_CREATE(0),
  MAP_LOOKUP_ELEM(1),
  MAP_UPDATE_ELEM(2),
  MAP_DELETE_ELEM(3),
  MAP_GET_NEXT_KEY(4),
  PROG_LOAD(5),
  OBJ_GET_INFO_BY_FD(15),
  RAW_TRACEPOINT_OPEN(17),
  BTF_LOAD(18),
  MAP_LOOKUP_BATCH(24),
  MAP_LOOKUP_AND_DELETE_BATCH(25),
  LINK_CREATE(28),
  ITER_CREATE(33);

  private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

  private final int number;

  BpfCommand(int number) {
    this.number = number;
  }

  /// @param attributes the part of `union bpf_attr` that this command reads
  /// @return what the kernel says, or `-errno`
  int tryCall(MemorySegment attributes) {
    return Libc.bpf(number, attributes);
  }

  /// As [#tryCall], for what must work.
  ///
  /// @param subject what it is done to, for the message
  /// @throws KernelException when it fails; the message says what to give
  int call(String subject, MemorySegment attributes) throws KernelException {
    int result = tryCall(attributes);
    if (result < 0) {
      throw failure(subject, -result);
    }
    return result;
  }

  KernelException failure(String subject, int errno) {
    return new KernelException("bpf(" + name() + ", " + subject + ")", errno, hint(errno));
  }

  private String hint(int errno) {
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES ->
          isLockedDown() ? lockdownHint() : Capability.advice(BPF, PERFMON, NET_ADMIN);
      case Errno.ENOSYS ->
          "the kernel needs CONFIG_BPF_SYSCALL, and a seccomp profile must allow bpf";
      case Errno.ENOMEM -> "raise the limit of locked memory (ulimit -l), or give CAP_SYS_RESOURCE";
      case Errno.EINVAL, Errno.ENOTSUPP, Errno.EOPNOTSUPP ->
          "this kernel does not know it: the probe's programs need Linux 5.15 or newer";
      default -> "";
    };
  }

  private static String lockdownHint() {
    return "the kernel is locked down ("
        + LOCKDOWN
        + " says confidentiality): start it with lockdown=integrity";
  }

  private static boolean isLockedDown() {
    try {
      return Files.readString(LOCKDOWN).contains("[confidentiality]");
    } catch (IOException e) {
      return false; // securityfs is not mounted, or the kernel has no lockdown
    }
  }
}
