package dev.otelscope.probe.tracing;

/// What is remembered of a process that had a connection, since it may be gone before anybody asks
/// for it; by its number.
final class TraceLayout {
  static final int KEY_SIZE = 8; // u64

  static final int START = 0; // u64, nanoseconds since boot
  static final int COMMAND = 8; // char[16], the name of its first thread
  static final int COMMAND_SIZE = 16;

  /// Names of its control group in the unified hierarchy, of the group around that one, and so on.
  /// The longest that runtimes give, `cri-containerd-<id>.scope`, has 85 bytes.
  static final int GROUPS = 24; // char[96] each

  static final int GROUP_SIZE = 96;
  static final int GROUP_COUNT = 3;
  static final int SIZE = GROUPS + GROUP_COUNT * GROUP_SIZE;

  private TraceLayout() {}
}
