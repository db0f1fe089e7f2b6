package dev.otelscope.probe.tracing;

/// A connection whose two ends may both be on this machine: where the ends find each other.
final class PairLayout {
  /*
   * Life
   *   The client makes it when it is established, which on one machine is always before the server is.
   *   The server, if it finds it, sets PAIRED. Each end, when it is over, leaves its figures and sets
   *   its CLOSED bit in one atomic step that tells it which bits were there before: the second one
   *   finds the first one's figures, adds up both, and removes the pair. A client whose server never
   *   came removes it alone. An end whose other one does not come is seen to by `WaitingEnds`.
   *   Two clients with the same addresses in different network namespaces make it ambiguous: their
   *   servers are not paired.
   */
  static final int KEY_SCOPE = 0; // u32, the namespace of loopback addresses, else 0
  static final int KEY_CLIENT_PORT = 4; // u16
  static final int KEY_SERVER_PORT = 6; // u16
  static final int KEY_CLIENT = 8; // u8[16]
  static final int KEY_SERVER = 24; // u8[16]
  static final int KEY_SIZE = 40;

  static final int FLAGS = 0; // u64
  static final int CLIENT = 8; // EndLayout
  static final int SERVER = CLIENT + EndLayout.SIZE; // EndLayout
  static final int SIZE = SERVER + EndLayout.SIZE;

  static final int FLAG_PAIRED = 1;
  static final int FLAG_AMBIGUOUS = 2;
  static final int FLAG_CLIENT_CLOSED = 4;
  static final int FLAG_SERVER_CLOSED = 8;

  /// A scan has met that end, so it is told socket by socket, and so must be the other one.
  static final int FLAG_CLIENT_TOLD = 16;

  static final int FLAG_SERVER_TOLD = 32;

  /// The figures which that end left were told.
  static final int FLAG_CLIENT_TAKEN = 64;

  static final int FLAG_SERVER_TAKEN = 128;

  private PairLayout() {}
}
