package dev.otelscope.graphstream;

import java.time.Instant;

/// Whether the processor can be heard, and since when that is so.
public record Connection(boolean connected, Instant since) {}
