package dev.otelscope.probe.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A netlink socket. It lives in the network namespace of the thread that opened it, may be used
/// from any other, and keeps that namespace alive until it is closed. Not thread-safe.
public final class NetlinkSocket implements AutoCloseable {
  /// `NETLINK_SOCK_DIAG` of `include/uapi/linux/netlink.h`
  public static final int SOCK_DIAG = 4;

  /// `NETLINK_NETFILTER` of the same file
  public static final int NETFILTER = 12;

  /// Do not wait: nothing to receive is `-EAGAIN`.
  public static final int DONT_WAIT = 0x40;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;

  private final int fd;

  private NetlinkSocket(int fd) {
    this.fd = fd;
  }

  /// Opens a socket in the calling thread's network namespace.
  ///
  /// @param groups multicast groups to hear, a bit each, group 1 the lowest; 0 for none
  /// @throws KernelException when the kernel has no such protocol, or refuses the groups
  public static NetlinkSocket open(int protocol, int groups) throws KernelException {
    int fd = Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (fd < 0) {
      throw new KernelException(
          "socket(AF_NETLINK, " + protocol + ")",
          -fd,
          "the kernel needs "
              + (protocol == NETFILTER ? "CONFIG_NF_CT_NETLINK" : "CONFIG_INET_DIAG")
              + ", and a seccomp profile must allow netlink sockets");
    }
    NetlinkSocket socket = new NetlinkSocket(fd);
    try {
      socket.bind(groups);
      socket.limitWaiting();
      return socket;
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  /// Asks for room for messages that were not received yet; without CAP_NET_ADMIN the kernel gives
  /// no more than `net.core.rmem_max`.
  ///
  /// @return whether all of it was given
  public boolean reserve(int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(JAVA_INT, bytes);
      if (Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, value) == 0) {
        return true;
      }
      Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, value);
      return false;
    }
  }

  /// Sends one request.
  public void send(MemorySegment request) throws KernelException {
    long sent = Libc.send(fd, request, request.byteSize(), 0);
    if (sent < 0) {
      throw new KernelException("send(netlink)", (int) -sent, "");
    }
  }

  /// Receives the next datagram of messages.
  ///
  /// @param flags 0 or [#DONT_WAIT]
  /// @return its length or `-errno`; `-EAGAIN` also when an answer did not come within 5 s
  public int receive(MemorySegment buffer, int flags) {
    return (int) Libc.recv(fd, buffer, flags);
  }

  /// Receives as many datagrams as there are, without waiting.
  ///
  /// @return how many, or `-errno`; `-ENOBUFS` once after the kernel had to drop some
  public int receive(MessageBatch batch) {
    return Libc.recvmmsg(fd, batch.headers(), MessageBatch.CAPACITY, DONT_WAIT);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }

  private void bind(int groups) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      // struct sockaddr_nl: u16 family, u16 pad, u32 port (0: the kernel chooses), u32 groups
      MemorySegment address = arena.allocate(12, 4);
      address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
      address.set(JAVA_INT, 8, groups);
      int bound = Libc.bind(fd, address);
      if (bound < 0) {
        throw new KernelException(
            "bind(netlink, groups " + groups + ")",
            -bound,
            Errno.isDenied(-bound) ? Capability.advice(Capability.NET_ADMIN) : "");
      }
    }
  }

  private void limitWaiting() throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fiveSeconds = arena.allocate(16, 8); // struct timeval
      fiveSeconds.set(JAVA_LONG, 0, 5);
      int set = Libc.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, fiveSeconds);
      if (set < 0) {
        throw new KernelException("setsockopt(SO_RCVTIMEO)", -set, "");
      }
    }
  }
}
