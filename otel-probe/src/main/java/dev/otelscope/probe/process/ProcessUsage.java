package dev.otelscope.probe.process;

import java.util.OptionalInt;

/// What a process has used up to now.
///
/// @param cpuUserSeconds since its start
/// @param cpuSystemSeconds since its start
/// @param memoryBytes resident now
/// @param descriptors open files, sockets and so on; empty when they may not be looked at
public record ProcessUsage(
    double cpuUserSeconds,
    double cpuSystemSeconds,
    long memoryBytes,
    int threads,
    OptionalInt descriptors) {}
