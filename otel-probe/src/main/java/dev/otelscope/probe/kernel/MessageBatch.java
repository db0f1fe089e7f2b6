package dev.otelscope.probe.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Room for many datagrams received by one system call. Not thread-safe.
public final class MessageBatch {
  /*
   * Layout: struct mmsghdr on 64-bit machines (include/linux/socket.h)
   *   0  void *msg_name     24 size_t msg_iovlen    48 int msg_flags
   *   8  int msg_namelen    32 void *msg_control    56 unsigned msg_len
   *   16 iovec *msg_iov     40 size_t msg_controllen
   * and struct iovec: 0 void *iov_base, 8 size_t iov_len
   */
  static final int CAPACITY = 128;

  private static final int DATAGRAM = 1024;
  private static final int HEADER = 64;
  private static final int HEADER_IOV = 16;
  private static final int HEADER_IOV_COUNT = 24;
  private static final int HEADER_LENGTH = 56;
  private static final int IOV = 16;

  private final MemorySegment headers;
  private final ByteBuffer content;

  public MessageBatch() {
    Arena arena = Arena.ofAuto();
    headers = arena.allocate((long) CAPACITY * HEADER, 8);
    MemorySegment vectors = arena.allocate((long) CAPACITY * IOV, 8);
    MemorySegment datagrams = arena.allocate((long) CAPACITY * DATAGRAM, 8);
    content = datagrams.asByteBuffer().order(ByteOrder.nativeOrder());
    for (int i = 0; i < CAPACITY; i++) {
      MemorySegment vector = vectors.asSlice((long) i * IOV, IOV);
      vector.set(ADDRESS, 0, datagrams.asSlice((long) i * DATAGRAM, DATAGRAM));
      vector.set(JAVA_LONG, 8, DATAGRAM);
      headers.set(ADDRESS, (long) i * HEADER + HEADER_IOV, vector);
      headers.set(JAVA_LONG, (long) i * HEADER + HEADER_IOV_COUNT, 1);
    }
  }

  MemorySegment headers() {
    return headers;
  }

  /// All datagrams; the one with a given index is between [#start] and [#end].
  public ByteBuffer content() {
    return content;
  }

  public int start(int index) {
    return index * DATAGRAM;
  }

  public int end(int index) {
    return start(index) + headers.get(JAVA_INT, (long) index * HEADER + HEADER_LENGTH);
  }
}
