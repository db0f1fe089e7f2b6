package dev.otelscope.engine;

import java.util.List;

/// Observations of one request for one reader.
///
/// @param receivedMillis when the request came, by our clock
record Batch<T>(List<T> observations, long receivedMillis) {}
