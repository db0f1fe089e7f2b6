package dev.otelscope.graphstream;

/// What a stream says first.
///
/// @param format of the deltas that follow; see [DeltaWriter#FORMAT]
/// @param epoch of the graph, empty before there was one
/// @param base number of the revision from which the deltas go on; 0: everything comes anew
record StreamHeader(int format, String epoch, long base) {}
