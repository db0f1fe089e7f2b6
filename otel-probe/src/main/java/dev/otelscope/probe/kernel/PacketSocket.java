package dev.otelscope.probe.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A packet socket: hears what comes in on all interfaces of the network namespace of the thread
/// that opened it, from the network header on. It may be used from any other thread, and keeps that
/// namespace alive until it is closed. Not thread-safe.
///
/// Source: `packet(7)`, `include/uapi/linux/if_packet.h`, `include/uapi/linux/filter.h`
public final class PacketSocket implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final short ETH_P_ALL = 3;
  private static final int DONT_WAIT = 0x40;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_STATISTICS = 6;
  private static final int PACKET_IGNORE_OUTGOING = 23;

  private final int fd;

  private PacketSocket(int fd) {
    this.fd = fd;
  }

  /// Opens a socket in the calling thread's network namespace. It hears nothing before its filter
  /// is in place.
  ///
  /// @param filter `struct sock_filter` each, in the machine's byte order
  /// @param room bytes for packets that were not received yet
  /// @throws KernelException when the kernel refuses; the message says what it takes
  public static PacketSocket open(long[] filter, int room) throws KernelException {
    int fd = Libc.socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
      throw new KernelException("socket(AF_PACKET)", -fd, "it takes CAP_NET_RAW");
    }
    PacketSocket socket = new PacketSocket(fd);
    try {
      socket.attach(filter);
      socket.reserve(room);
      socket.bind();
      return socket;
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  /// Receives the next packet, without waiting.
  ///
  /// @return how many bytes of it are in the buffer, or `-errno`; `-EAGAIN` when there is none
  public int receive(MemorySegment buffer) {
    return (int) Libc.recv(fd, buffer, DONT_WAIT);
  }

  /// How many packets the kernel had no room for since the last call.
  public int drops() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statistics = arena.allocate(8, 4); // u32 packets, u32 drops
      MemorySegment length = arena.allocateFrom(JAVA_INT, 8);
      int got = Libc.getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, statistics, length);
      return got < 0 ? 0 : statistics.get(JAVA_INT, 4);
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }

  private void attach(long[] filter) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = arena.allocate(16, 8); // struct sock_fprog: u16 len, filter *
      program.set(JAVA_SHORT, 0, (short) filter.length);
      program.set(ADDRESS, 8, arena.allocateFrom(JAVA_LONG, filter));
      int attached = Libc.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, program);
      if (attached < 0) {
        throw new KernelException("setsockopt(SO_ATTACH_FILTER)", -attached, "");
      }
    }
  }

  private void reserve(int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(JAVA_INT, bytes);
      if (Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, value) < 0) {
        Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, value); // as much as the kernel gives
      }
      // Spares a copy of each packet that goes out; before Linux 4.20 the filter alone drops them.
      Libc.setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, arena.allocateFrom(JAVA_INT, 1));
    }
  }

  private void bind() throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      // struct sockaddr_ll: u16 family, be16 protocol, int interface (0: all), …
      MemorySegment address = arena.allocate(20, 4);
      address.set(JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(JAVA_SHORT, 2, Short.reverseBytes(ETH_P_ALL));
      int bound = Libc.bind(fd, address);
      if (bound < 0) {
        throw new KernelException("bind(AF_PACKET)", -bound, "");
      }
    }
  }
}
