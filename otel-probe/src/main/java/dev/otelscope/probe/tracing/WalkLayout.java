package dev.otelscope.probe.tracing;

/// What the iterator has to know of the walk that it is on.
final class WalkLayout {
  static final int NUMBER = 0; // u64, another one for each walk
  static final int EVERYTHING = 8; // u64, not 0 when all sockets are to be told, changed or not
  static final int YOUNG = 16; // u64, how many young ends the walk has come across until now
  static final int SIZE = 24;

  private WalkLayout() {}
}
