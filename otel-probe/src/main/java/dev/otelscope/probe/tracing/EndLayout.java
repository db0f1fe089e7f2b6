package dev.otelscope.probe.tracing;

/// One end of a connection, as the programs write it and the probe reads it. Numbers are in the
/// machine's byte order; ports and addresses in network order, IPv4 as IPv4-mapped IPv6.
final class EndLayout {
  static final int ROLE = 0; // u8
  static final int ESTABLISHED = 1; // u8, before two of zeros
  static final int NAMESPACE = 4; // u32
  static final int COOKIE = 8; // u64
  static final int PROCESS = 16; // u64, 0 when it is not known
  static final int PROCESS_START = 24; // u64, nanoseconds since boot
  static final int CONTROL_GROUP = 32; // u64
  static final int TIME = 40; // u64, when it was established; of an end that is over, how long ago
  static final int SENT = 48; // u64
  static final int RECEIVED = 56; // u64
  static final int RETRANSMITS = 64; // u32
  static final int ENDING = 68; // u32
  static final int LOCAL_PORT = 72; // u16
  static final int REMOTE_PORT = 74; // u16
  static final int LOCAL = 80; // u8[16], after four of zeros
  static final int REMOTE = 96; // u8[16]
  static final int SIZE = 112;

  static final int ROLE_UNKNOWN = 0;
  static final int ROLE_CLIENT = 1;
  static final int ROLE_SERVER = 2;

  static final int ENDING_ORDERLY = 0;
  static final int ENDING_RESET = 1;
  static final int ENDING_REFUSED = 2;
  static final int ENDING_TIMED_OUT = 3;
  static final int ENDING_UNREACHABLE = 4;
  static final int ENDING_ABANDONED = 5;

  private EndLayout() {}
}
