package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NetlinkMessages;
import dev.otelscope.probe.kernel.NetlinkSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Reads whole tables of sockets through one reused buffer. Not thread-safe.
final class SocketDump {
  /// Hears of each socket; the message is valid during the call only.
  interface Visitor {
    void visit(DumpRequest request, InetDiagMessage message) throws IOException;
  }

  // The kernel fills at most 32 KiB of a dump at a time.
  private static final int BUFFER = 64 * 1024;
  private static final List<DumpRequest> TCP_BY_FAMILY =
      List.of(DumpRequest.TCP_V4, DumpRequest.TCP_V6);
  private static final List<DumpRequest> UDP = List.of(DumpRequest.UDP_V4, DumpRequest.UDP_V6);

  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER, 8);
  private final ByteBuffer content = buffer.asByteBuffer().order(ByteOrder.nativeOrder());
  private final NetlinkMessages messages = new NetlinkMessages(content);
  private final InetDiagMessage message = new InetDiagMessage();
  private boolean bothInOneWalk = true;

  /// Tells `visitor` every TCP and UDP socket of the namespace that `socket` is in.
  ///
  /// @throws IOException when the kernel does not answer as it should
  void all(NetlinkSocket socket, Visitor visitor) throws IOException {
    bothInOneWalk = bothInOneWalk && one(socket, DumpRequest.TCP, visitor);
    if (!bothInOneWalk) {
      each(socket, TCP_BY_FAMILY, visitor);
    }
    each(socket, UDP, visitor);
  }

  /// A family or transport that the kernel does not have has no sockets.
  private void each(NetlinkSocket socket, List<DumpRequest> requests, Visitor visitor)
      throws IOException {
    for (DumpRequest request : requests) {
      one(socket, request, visitor);
    }
  }

  /// @return false when the kernel does not know this kind of request
  private boolean one(NetlinkSocket socket, DumpRequest request, Visitor visitor)
      throws IOException {
    socket.send(request.bytes());
    while (true) {
      int received = receive(socket);
      messages.over(0, received);
      while (messages.next()) {
        switch (messages.type()) {
          case NetlinkMessages.TYPE_DONE, NetlinkMessages.TYPE_ERROR -> {
            return isAnswered(messages.errno());
          }
          default -> {
            message.read(content, messages.payload(), messages.end());
            visitor.visit(request, message);
          }
        }
      }
    }
  }

  private int receive(NetlinkSocket socket) throws KernelException {
    while (true) {
      int received = socket.receive(buffer, 0);
      if (received >= 0) {
        return received;
      }
      if (received != -Errno.EINTR) {
        throw new KernelException("recv(sock_diag dump)", -received, "");
      }
    }
  }

  private static boolean isAnswered(int errno) throws KernelException {
    return switch (errno) {
      case 0 -> true;
      case Errno.ENOENT, Errno.EINVAL, Errno.EOPNOTSUPP -> false;
      default -> throw new KernelException("sock_diag dump", errno, "");
    };
  }
}
