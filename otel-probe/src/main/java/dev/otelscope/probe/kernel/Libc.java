package dev.otelscope.probe.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The functions of the C library that the probe calls, one method each, with the C signature.
///
/// Each returns what the function returned, or `-errno` where that was -1, so that an expected
/// failure (a process that is gone) costs nothing. Nothing is allocated, except where a `String` is
/// taken. Callable from every thread.
public final class Libc {
  /// `AT_FDCWD`: a path counts from the working directory.
  public static final int AT_FDCWD = -100;

  public static final int O_RDONLY = 0;

  /// `O_DIRECTORY`, whose value differs between processors.
  public static final int O_DIRECTORY;

  public static final int O_CLOEXEC = 0x80000;

  public static final int PROT_READ = 1;

  public static final int PROT_WRITE = 2;

  /// For [#madvise]: takes pages away from this process; those of a file come back from there.
  public static final int MADV_DONTNEED = 4;

  private static final int MAP_SHARED = 1;

  private static final int CLONE_NEWNET = 0x40000000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CAPTURED.varHandle(PathElement.groupElement("errno"));
  private static final long GETDENTS64;
  private static final long BPF;

  static {
    Architecture architecture = Architecture.current();
    O_DIRECTORY = architecture.directoryFlag();
    GETDENTS64 = architecture.getdents64();
    BPF = architecture.bpf();
  }

  // errno is written to memory that belongs to the calling thread.
  private static final ThreadLocal<MemorySegment> CAPTURE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURED));

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKOPT =
      function(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SEND =
      function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECVMMSG =
      function(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle OPENAT =
      function(
          "openat",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(3));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle READLINKAT =
      function(
          "readlinkat", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
  private static final MethodHandle SETNS =
      function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle GETPAGESIZE =
      function("getpagesize", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle SYSCALL_GETDENTS64 =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle SYSCALL_BPF =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle MMAP =
      function(
          "mmap",
          FunctionDescriptor.of(
              ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle MADVISE =
      function("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

  private Libc() {}

  public static int socket(int domain, int type, int protocol) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result((int) SOCKET.invokeExact(capture, domain, type, protocol), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public static int bind(int fd, MemorySegment address) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result(
          (int) BIND.invokeExact(capture, fd, address, (int) address.byteSize()), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public static int setsockopt(int fd, int level, int option, MemorySegment value) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result(
          (int) SETSOCKOPT.invokeExact(capture, fd, level, option, value, (int) value.byteSize()),
          capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// @param length how many bytes there is room for, a `socklen_t` that becomes how many there are
  public static int getsockopt(
      int fd, int level, int option, MemorySegment value, MemorySegment length) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result(
          (int) GETSOCKOPT.invokeExact(capture, fd, level, option, value, length), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public static long send(int fd, MemorySegment bytes, long length, int flags) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result((long) SEND.invokeExact(capture, fd, bytes, length, flags), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public static long recv(int fd, MemorySegment buffer, int flags) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result(
          (long) RECV.invokeExact(capture, fd, buffer, buffer.byteSize(), flags), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// `recvmmsg` without a time limit.
  ///
  /// @param headers `count` times `struct mmsghdr`
  public static int recvmmsg(int fd, MemorySegment headers, int count, int flags) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result(
          (int) RECVMMSG.invokeExact(capture, fd, headers, count, flags, MemorySegment.NULL),
          capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public static int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return openat(AT_FDCWD, arena.allocateFrom(path), flags);
    }
  }

  /// @param path ends with a zero byte
  public static int openat(int directory, MemorySegment path, int flags) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result((int) OPENAT.invokeExact(capture, directory, path, flags), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public static long read(int fd, MemorySegment buffer) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result((long) READ.invokeExact(capture, fd, buffer, buffer.byteSize()), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  public static int close(int fd) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result((int) CLOSE.invokeExact(capture, fd), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// @param path ends with a zero byte
  public static long readlinkat(int directory, MemorySegment path, MemorySegment target) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result(
          (long) READLINKAT.invokeExact(capture, directory, path, target, target.byteSize()),
          capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Bytes in a page of memory, which on some arm64 kernels are 65,536.
  public static int pageSize() {
    try {
      return (int) GETPAGESIZE.invokeExact(CAPTURE.get());
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// The system call `bpf`.
  ///
  /// @param attributes as much of `union bpf_attr` as the command reads
  /// @return what it says on success, often a file descriptor, or `-errno`
  public static int bpf(int command, MemorySegment attributes) {
    MemorySegment capture = CAPTURE.get();
    try {
      return (int)
          result(
              (long)
                  SYSCALL_BPF.invokeExact(
                      capture, BPF, command, attributes, (int) attributes.byteSize()),
              capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Maps a file into memory, shared.
  ///
  /// @param protection [#PROT_READ], [#PROT_WRITE]
  /// @return the mapping, which [#munmap] ends
  /// @throws KernelException when it fails; `what` names the mapping then
  public static MemorySegment mmap(String what, int fd, long offset, long length, int protection)
      throws KernelException {
    MemorySegment capture = CAPTURE.get();
    MemorySegment mapped;
    try {
      mapped =
          (MemorySegment)
              MMAP.invokeExact(
                  capture, MemorySegment.NULL, length, protection, MAP_SHARED, fd, offset);
    } catch (Throwable e) {
      throw impossible(e);
    }
    if (mapped.address() == -1) {
      throw new KernelException("mmap(" + what + ")", (int) ERRNO.get(capture, 0L), "");
    }
    return mapped.reinterpret(length);
  }

  /// Ends a mapping; its memory must not be touched any more.
  public static void munmap(MemorySegment mapping) {
    try {
      int _ = (int) MUNMAP.invokeExact(CAPTURE.get(), mapping, mapping.byteSize());
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Advises the kernel of how memory is used.
  ///
  /// @param start address of a page
  /// @param length bytes
  public static int madvise(long start, long length, int advice) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result((int) MADVISE.invokeExact(capture, start, length, advice), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Moves the calling thread into a network namespace: only ever on a platform thread that is kept
  /// for it.
  static int setns(int namespace) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result((int) SETNS.invokeExact(capture, namespace, CLONE_NEWNET), capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Reads entries of a directory as `struct linux_dirent64`.
  static long getdents64(int directory, MemorySegment buffer) {
    MemorySegment capture = CAPTURE.get();
    try {
      return result(
          (long)
              SYSCALL_GETDENTS64.invokeExact(
                  capture, GETDENTS64, directory, buffer, buffer.byteSize()),
          capture);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static int result(int returned, MemorySegment capture) {
    return returned == -1 ? -(int) ERRNO.get(capture, 0L) : returned;
  }

  private static long result(long returned, MemorySegment capture) {
    return returned == -1 ? -(int) ERRNO.get(capture, 0L) : returned;
  }

  /// The handles throw nothing but what a mistake in this class causes.
  private static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException("a call into the C library was described wrongly", e);
  }

  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker.Option[] all = new Linker.Option[options.length + 1];
    all[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(options, 0, all, 1, options.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, all);
  }
}
