package dev.otelscope.probe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Lets the kernel refuse a system call to all threads of this program from now on, as container
/// runtimes do (`include/uapi/linux/seccomp.h`, `include/uapi/linux/filter.h`).
final class SeccompFilter {
  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int ALLOW = 0x7fff_0000;
  private static final int FAIL_WITH = 0x0005_0000;
  private static final int NUMBER = 0; // offsets in struct seccomp_data
  private static final int FIRST_ARGUMENT = 16;

  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SET_MODE_FILTER = 1;
  private static final int FLAG_ALL_THREADS = 1;
  private static final int AF_NETLINK = 16;

  private static final boolean AMD64 = System.getProperty("os.arch").equals("amd64");
  private static final int BPF = AMD64 ? 321 : 280;
  private static final int SOCKET = AMD64 ? 41 : 198;
  private static final int SECCOMP = AMD64 ? 317 : 277;

  private SeccompFilter() {}

  /// From now on `bpf` fails with this error number.
  static void refuseBpf(int errno) throws Throwable {
    install(
        new int[][] {
          {LOAD_WORD, 0, 0, NUMBER},
          {JUMP_IF_EQUAL, 0, 1, BPF},
          {RETURN, 0, 0, FAIL_WITH | errno},
          {RETURN, 0, 0, ALLOW},
        });
  }

  /// From now on no netlink socket can be opened.
  static void refuseNetlink(int errno) throws Throwable {
    install(
        new int[][] {
          {LOAD_WORD, 0, 0, NUMBER},
          {JUMP_IF_EQUAL, 0, 3, SOCKET},
          {LOAD_WORD, 0, 0, FIRST_ARGUMENT},
          {JUMP_IF_EQUAL, 0, 1, AF_NETLINK},
          {RETURN, 0, 0, FAIL_WITH | errno},
          {RETURN, 0, 0, ALLOW},
        });
  }

  /// @param program instructions: code, steps when true, steps when false, operand
  private static void install(int[][] program) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment instructions = arena.allocate(8L * program.length, 8);
      for (int i = 0; i < program.length; i++) {
        instructions.set(JAVA_SHORT, 8L * i, (short) program[i][0]);
        instructions.set(JAVA_BYTE, 8L * i + 2, (byte) program[i][1]);
        instructions.set(JAVA_BYTE, 8L * i + 3, (byte) program[i][2]);
        instructions.set(JAVA_INT, 8L * i + 4, program[i][3]);
      }
      MemorySegment filter = arena.allocate(16, 8); // struct sock_fprog
      filter.set(JAVA_SHORT, 0, (short) program.length);
      filter.set(ADDRESS, 8, instructions);
      int promised = (int) prctl().invokeExact(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L);
      long installed =
          (long) syscall().invokeExact((long) SECCOMP, SET_MODE_FILTER, FLAG_ALL_THREADS, filter);
      if (promised != 0 || installed != 0) {
        throw new IllegalStateException("the kernel takes no seccomp filter");
      }
    }
  }

  private static MethodHandle prctl() {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
  }

  private static MethodHandle syscall() {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS),
            Linker.Option.firstVariadicArg(1));
  }
}
