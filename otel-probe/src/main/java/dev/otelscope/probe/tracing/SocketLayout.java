package dev.otelscope.probe.tracing;

/// An open socket and a process that has it open, as the iterator writes it. Numbers are in the
/// machine's byte order; ports and addresses in network order, IPv4 as IPv4-mapped IPv6.
final class SocketLayout {
  static final int NAMESPACE = 0; // u32
  static final int USER = 4; // u32
  static final int COOKIE = 8; // u64
  static final int PROCESS = 16; // u64
  static final int PROCESS_START = 24; // u64, nanoseconds since boot
  static final int CONTROL_GROUP = 32; // u64
  static final int INODE = 40; // u64
  static final int SENT = 48; // u64
  static final int RECEIVED = 56; // u64
  static final int RETRANSMITS = 64; // u32
  static final int ROUND_TRIP = 68; // u32, eighths of microseconds
  static final int LOCAL_PORT = 72; // u16
  static final int REMOTE_PORT = 74; // u16
  static final int ROLE = 76; // u8, as in EndLayout
  static final int STATE = 77; // u8
  static final int PROTOCOL = 78; // u8
  static final int BOTH_FAMILIES = 79; // u8
  static final int LOCAL = 80; // u8[16]
  static final int REMOTE = 96; // u8[16]
  static final int SIZE = 112;

  /// From the figures to the state: what may change while a socket is the same connection.
  static final int CHANGING = SENT;

  static final int CHANGING_SIZE = LOCAL - SENT;

  private SocketLayout() {}
}
