package dev.otelscope.probe.kernel.bpf.btf;

/// Where a field lies in a structure.
///
/// @param offset in bytes from the beginning of the structure
/// @param size in bytes
public record Field(int offset, int size) {}
