package dev.otelscope.probe.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.Libc;
import dev.otelscope.probe.kernel.bpf.assembly.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A program that the kernel has checked and loaded. It runs once a [BpfLink] attaches it.
public final class BpfProgram extends BpfObject {
  /*
   * Layout of the attributes of BPF_PROG_LOAD
   *   0 u32 type           24 u32 log level   48 char[16] name
   *   4 u32 instructions   28 u32 log size    68 u32 expected attach type
   *   8 u64 code           32 u64 log         108 u32 type to attach to
   *   16 u64 license
   */
  private static final int TYPE_CGROUP_SKB = 8;
  private static final int TYPE_TRACING = 26;
  private static final int ATTRIBUTES = 120;
  private static final int LOG = 1 << 20;
  private static final int LOG_TAIL = 4_000;

  private final int attachType;

  private BpfProgram(String name, int descriptor, int attachType) {
    super(name, descriptor);
    this.attachType = attachType;
  }

  /// A program for a tracepoint whose arguments the kernel describes.
  ///
  /// @param tracepoint the number of its type
  /// @throws KernelException when the kernel refuses it; the message ends with what its verifier
  ///   says
  public static BpfProgram forTracepoint(Program program, int tracepoint) throws KernelException {
    return load(program, TYPE_TRACING, BpfLink.TRACE_RAW_TRACEPOINT, tracepoint);
  }

  /// A program that is called for each thing an iterator meets.
  ///
  /// @param function the number of the iterator's function, such as `bpf_iter_task_file`
  /// @throws KernelException as above
  public static BpfProgram forIterator(Program program, int function) throws KernelException {
    return load(program, TYPE_TRACING, BpfLink.TRACE_ITERATOR, function);
  }

  /// A program that sees each packet which enters a socket of a control group.
  ///
  /// @throws KernelException as above
  public static BpfProgram forPacketsIn(Program program) throws KernelException {
    return load(program, TYPE_CGROUP_SKB, BpfLink.CGROUP_INGRESS, 0);
  }

  /// A program that sees each packet which leaves a socket of a control group.
  ///
  /// @throws KernelException as above
  public static BpfProgram forPacketsOut(Program program) throws KernelException {
    return load(program, TYPE_CGROUP_SKB, BpfLink.CGROUP_EGRESS, 0);
  }

  int attachType() {
    return attachType;
  }

  private static BpfProgram load(Program program, int type, int attachType, int attachTo)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      long[] code = program.words().stream().mapToLong(Long::longValue).toArray();
      Attributes attributes =
          new Attributes(arena, ATTRIBUTES)
              .with(0, type)
              .with(4, code.length)
              .with(8, arena.allocateFrom(JAVA_LONG, code))
              .with(16, arena.allocateFrom("GPL")) // most helpers are for such programs only
              .withName(48, program.name())
              .with(68, attachType)
              .with(108, attachTo);
      int descriptor = BpfCommand.PROG_LOAD.tryCall(attributes.bytes());
      if (descriptor < 0) {
        throw refusal(program, -descriptor, attributes, arena);
      }
      return new BpfProgram(program.name(), descriptor, attachType);
    }
  }

  /// Asks once more, this time for the reason: writing the verifier's log is most of the cost.
  private static KernelException refusal(
      Program program, int errno, Attributes attributes, Arena arena) {
    String subject = "program " + program.name();
    if (errno == Errno.EPERM) {
      return BpfCommand.PROG_LOAD.failure(subject, errno);
    }
    MemorySegment log = arena.allocate(LOG);
    int again =
        BpfCommand.PROG_LOAD.tryCall(attributes.with(24, 1).with(28, LOG).with(32, log).bytes());
    if (again >= 0) {
      Libc.close(again);
    }
    String text = log.getString(0).strip();
    String end = text.length() > LOG_TAIL ? "…" + text.substring(text.length() - LOG_TAIL) : text;
    return new KernelException(
        "bpf(PROG_LOAD, " + subject + ")",
        errno,
        end.isEmpty() ? "the verifier says nothing" : "the verifier says:\n" + end);
  }
}
