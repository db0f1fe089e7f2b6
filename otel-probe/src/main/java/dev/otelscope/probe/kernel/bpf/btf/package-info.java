/// Where the running kernel keeps its structures' fields, read from the type information (BTF) that
/// it describes itself with. Format: the kernel's `Documentation/bpf/btf.rst`.
@NullMarked
package dev.otelscope.probe.kernel.bpf.btf;

import org.jspecify.annotations.NullMarked;
