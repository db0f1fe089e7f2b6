package dev.otelscope.probe.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.btf.BtfWriter;
import java.lang.foreign.Arena;

/// Types of the probe's own, told to the kernel.
final class TypeDescription extends BpfObject {
  /*
   * Layout of the attributes of BPF_BTF_LOAD: 0 u64 bytes, 8 u64 log, 16 u32 size
   */
  private TypeDescription(int descriptor) {
    super("types", descriptor);
  }

  static TypeDescription load(BtfWriter types) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = types.bytes();
      Attributes attributes =
          new Attributes(arena, 32)
              .with(0, arena.allocateFrom(JAVA_BYTE, bytes))
              .with(16, bytes.length);
      return new TypeDescription(BpfCommand.BTF_LOAD.call("types", attributes.bytes()));
    }
  }
}
