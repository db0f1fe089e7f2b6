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
   */
  static final int FLAGS = 0; // u64
  static final int PHASE = 8; // u32
  static final int PAIRED = 12; // u32, whether PAIR_KEY leads to a pair that this end belongs to
  static final int GENERATION = 16; // u64, how often the socket was connected anew
  static final int END = 24; // EndLayout
  static final int PAIR_KEY = END + EndLayout.SIZE; // PairLayout
  static final int TOLD_WALK = PAIR_KEY + PairLayout.KEY_SIZE; // u64, WalkLayout.NUMBER
  static final int TOLD = TOLD_WALK + Long.BYTES; // what may change: a part of SocketLayout
  static final int SIZE = TOLD + SocketLayout.CHANGING_SIZE;

  static final int FLAG_TOLD = 1;
  static final int FLAG_CLOSED = 2;

  static final int PHASE_OVER = 0;
  static final int PHASE_CONNECTING = 1;
  static final int PHASE_ESTABLISHED = 2;

  /// It was open when the programs came: what happened before them is not known.
  static final int PHASE_OLDER = 3;

  private StorageLayout() {}
}
