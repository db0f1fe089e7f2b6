package dev.otelscope.probe.tracing;

/// What the programs keep with each TCP socket.
final class StorageLayout {
  /*
   * Concurrency
   *   The state program writes it under the socket's lock. The iterator runs beside it and only sets
   *   TOLD, in one atomic step that tells it whether CLOSED was there before; the state program sets
   *   CLOSED in the same way. So of a socket that ends while a scan meets it, exactly one of them
   *   happens: the scan tells it open and the ring buffer tells its end, or it is added up. What was
   *   told of it, and in which walk, is the iterator's alone.
   *
   * Order
   *   The iterator looks at each open connection in each walk. What it needs of one of which nothing
   *   has changed comes first and fits, with the kernel's own pointer before it, into one line of the
   *   processor's cache; what else it reads of all is in the next one.
   */
  static final int FLAGS = 0; // u64
  static final int PHASE = 8; // u32
  static final int PAIRED = 12; // u32, whether PAIR_KEY leads to a pair that this end belongs to
  static final int TOLD_WALK = 16; // u64, WalkLayout.NUMBER
  static final int TOLD = 24; // what may change: a part of SocketLayout
  static final int END = TOLD + SocketLayout.CHANGING_SIZE; // EndLayout
  static final int GENERATION = END + EndLayout.SIZE; // u64, how often it was connected anew
  static final int PAIR_KEY = GENERATION + Long.BYTES; // PairLayout
  static final int SIZE = PAIR_KEY + PairLayout.KEY_SIZE;

  static final int FLAG_TOLD = 1;
  static final int FLAG_CLOSED = 2;

  static final int PHASE_OVER = 0;
  static final int PHASE_CONNECTING = 1;
  static final int PHASE_ESTABLISHED = 2;

  /// It was open when the programs came: what happened before them is not known.
  static final int PHASE_OLDER = 3;

  private StorageLayout() {}
}
