/// Programs inside of the Linux kernel, from Java alone: maps, programs and links as objects that
/// are closed, through the system call `bpf` (`kernel/bpf/syscall.c`, `include/uapi/linux/bpf.h`).
@NullMarked
package dev.otelscope.probe.kernel.bpf;

import org.jspecify.annotations.NullMarked;
