/// Puts eBPF programs together, instruction by instruction, in the encoding of the kernel's
/// `Documentation/bpf/standardization/instruction-set.rst`. Knows no kernel and loads nothing.
@NullMarked
package dev.otelscope.probe.kernel.bpf.assembly;

import org.jspecify.annotations.NullMarked;
