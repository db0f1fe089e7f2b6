package dev.otelscope.probe.tracing;

import dev.otelscope.probe.connection.ServerAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A server whose connections are told one by one: the key of a set.
final class SingleLayout {
  static final int KEY_ADDRESS = 0; // u8[16]
  static final int KEY_PORT = 16; // u16, in network order like the address
  static final int KEY_PADDING = 18; // u16, and u32 behind it
  static final int KEY_SIZE = 24;
  static final int SIZE = 8;

  private static final ValueLayout.OfLong NETWORK_LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private SingleLayout() {}

  static MemorySegment key(Arena arena, ServerAddress server) {
    MemorySegment key = arena.allocate(KEY_SIZE, Long.BYTES);
    key.set(NETWORK_LONG, KEY_ADDRESS, server.address().high());
    key.set(NETWORK_LONG, KEY_ADDRESS + Long.BYTES, server.address().low());
    key.set(NETWORK_SHORT, KEY_PORT, (short) server.port());
    return key;
  }
}
