package dev.otelscope.probe.process;

/// What a process has used up to now.
///
/// @param cpuUserSeconds since its start
/// @param cpuSystemSeconds since its start
/// @param memoryBytes resident now
public record ProcessUsage(
    double cpuUserSeconds, double cpuSystemSeconds, long memoryBytes, int threads) {}
