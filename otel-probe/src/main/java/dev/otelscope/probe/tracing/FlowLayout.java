package dev.otelscope.probe.tracing;

/// A flow of UDP in one interval, added up by [FlowProgram]: key and value.
final class FlowLayout {
  static final int KEY_COOKIE = 0; // u64, of the socket
  static final int KEY_LOCAL_PORT = 8; // u16, network order
  static final int KEY_REMOTE_PORT = 10; // u16, network order
  static final int KEY_PADDING = 12; // u32, zero
  static final int KEY_LOCAL = 16; // u8[16]
  static final int KEY_REMOTE = 32; // u8[16]
  static final int KEY_SIZE = 48;

  static final int SENT = 0; // u64, payload
  static final int RECEIVED = 8; // u64, payload
  static final int FIRST = 16; // u64, role of this end by its first packet, as in EndLayout
  static final int PROCESS = 24; // u64, who sent, 0 when it only received
  static final int PROCESS_START = 32; // u64, nanoseconds since boot
  static final int NAMESPACE = 40; // u64, of who sent
  static final int SIZE = 48;

  private FlowLayout() {}
}
