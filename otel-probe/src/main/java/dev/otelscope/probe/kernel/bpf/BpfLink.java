package dev.otelscope.probe.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A program in its place. Closing it takes the program away; the kernel does so, too, when the
/// probe ends in any way.
public final class BpfLink extends BpfObject {
  /*
   * Layouts of the attributes
   *   BPF_RAW_TRACEPOINT_OPEN: 0 u64 name, 8 u32 program
   *   BPF_LINK_CREATE: 0 u32 program, 4 u32 target, 8 u32 attach type
   *   BPF_ITER_CREATE: 0 u32 link
   *   BPF_OBJ_GET_INFO_BY_FD: 0 u32 link, 4 u32 room, 8 u64 information
   *   struct bpf_link_info of a control group: 0 u32 type, 4 u32 link, 8 u32 program, 16 u64 group
   */
  static final int CGROUP_INGRESS = 0;
  static final int CGROUP_EGRESS = 1;
  static final int TRACE_RAW_TRACEPOINT = 23;
  static final int TRACE_ITERATOR = 28;
  private static final int INFORMATION = 32;
  private static final int GROUP = 16;

  private BpfLink(String name, int descriptor) {
    super(name, descriptor);
  }

  /// Runs the program at its tracepoint from now on.
  public static BpfLink tracepoint(BpfProgram program) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      Attributes attributes = new Attributes(arena, 16).with(8, program.descriptor());
      String subject = "program " + program.name();
      return new BpfLink(
          program.name(), BpfCommand.RAW_TRACEPOINT_OPEN.call(subject, attributes.bytes()));
    }
  }

  /// Makes the program ready for [#iterate].
  public static BpfLink iterator(BpfProgram program) throws KernelException {
    return create(program, 0);
  }

  /// Runs the program for the packets of all sockets in a control group and below it.
  ///
  /// @param directory of the group, in a mounted cgroup2 hierarchy
  public static BpfLink controlGroup(BpfProgram program, Path directory) throws KernelException {
    int group = Libc.open(directory.toString(), Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC);
    if (group < 0) {
      throw new KernelException("open(" + directory + ")", -group, "mount cgroup2 there");
    }
    try {
      return create(program, group);
    } finally {
      Libc.close(group);
    }
  }

  /// Walks everything once, from a link made by [#iterator], and hands all that the program wrote
  /// to `output`, which is overwritten.
  ///
  /// @throws KernelException when it fails midway; what was read until then is in `output`
  public void iterate(IteratorOutput output) throws KernelException {
    int file;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = new Attributes(arena, 8).with(0, descriptor()).bytes();
      file = BpfCommand.ITER_CREATE.call("iterator " + name(), attributes);
    }
    try {
      output.readAll(file);
    } finally {
      Libc.close(file);
    }
  }

  /// Whether the program of a [#controlGroup] still sees its packets: whoever has CAP_SYS_ADMIN can
  /// detach what another process has attached.
  public boolean isAttached() throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment information = arena.allocate(INFORMATION, Long.BYTES);
      MemorySegment attributes =
          new Attributes(arena, 16)
              .with(0, descriptor())
              .with(4, INFORMATION)
              .with(8, information)
              .bytes();
      BpfCommand.OBJ_GET_INFO_BY_FD.call("program " + name(), attributes);
      return information.get(JAVA_LONG, GROUP) != 0;
    }
  }

  private static BpfLink create(BpfProgram program, int target) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      Attributes attributes =
          new Attributes(arena, 48)
              .with(0, program.descriptor())
              .with(4, target)
              .with(8, program.attachType());
      String subject = "program " + program.name();
      return new BpfLink(program.name(), BpfCommand.LINK_CREATE.call(subject, attributes.bytes()));
    }
  }
}
