package dev.otelscope.probe.tracing;

/// Connections of the past that are alike, added up by the state program: key and value.
final class PastLayout {
  static final int KEY_PROCESS = 0; // u64
  static final int KEY_PROCESS_START = 8; // u64
  static final int KEY_PEER = 16; // u64
  static final int KEY_PEER_START = 24; // u64
  static final int KEY_CONTROL_GROUP = 32; // u64
  static final int KEY_NAMESPACE = 40; // u32
  static final int KEY_PEER_NAMESPACE = 44; // u32
  static final int KEY_SERVER_PORT = 48; // u16, network order
  static final int KEY_ROLE = 50; // u8
  static final int KEY_PAIRED = 51; // u8
  static final int KEY_PADDING = 52; // u32, zero
  static final int KEY_LOCAL = 56; // u8[16]
  static final int KEY_REMOTE = 72; // u8[16]
  static final int KEY_SIZE = 88;

  static final int OPENED = 0; // u64, as all up to DURATION
  static final int RESET = 8;
  static final int REFUSED = 16;
  static final int TIMED_OUT = 24;
  static final int UNREACHABLE = 32;
  static final int ABANDONED = 40;
  static final int SENT = 48;
  static final int RECEIVED = 56;
  static final int RETRANSMITS = 64;
  static final int DURATION = 72; // nanoseconds
  static final int BUCKETS = 80; // u32 each
  static final int BUCKET_COUNT = 32;
  static final int SAMPLES = BUCKETS + 4 * BUCKET_COUNT; // u64 each, as [SampleCode] has it
  static final int SAMPLE_COUNT = 4;
  static final int SIZE = SAMPLES + 8 * SAMPLE_COUNT;

  private PastLayout() {}
}
