package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.MessageBatch;
import dev.otelscope.probe.kernel.NetlinkMessages;
import dev.otelscope.probe.kernel.NetlinkSocket;
import java.io.IOException;

/// Reads what the kernel said about destroyed sockets. The kernel says it once for each socket,
/// when its last file is closed and the connection needs it no more: entering TIME_WAIT, not
/// leaving it. Not thread-safe.
final class DestroyEvents {
  /// Multicast groups of `include/uapi/linux/sock_diag.h`, a bit each: TCP and UDP of both
  /// families.
  static final int GROUPS = 1 | 1 << 1 | 1 << 2 | 1 << 3;

  /// Hears of each socket; the message is valid during the call only.
  interface Visitor {
    void visit(InetDiagMessage message) throws IOException;
  }

  private final MessageBatch batch = new MessageBatch();
  private final NetlinkMessages messages = new NetlinkMessages(batch.content());
  private final InetDiagMessage message = new InetDiagMessage();

  /// Tells `visitor` all that came since the last call.
  ///
  /// @return how often the kernel ran out of room and dropped some, normally 0
  int drain(NetlinkSocket socket, Visitor visitor) throws IOException {
    int overruns = 0;
    while (true) {
      int received = socket.receive(batch);
      if (received == -Errno.ENOBUFS) {
        overruns++;
      } else if (received == -Errno.EAGAIN || received == 0) {
        return overruns;
      } else if (received < 0 && received != -Errno.EINTR) {
        throw new KernelException("recvmmsg(sock_diag events)", -received, "");
      }
      for (int i = 0; i < received; i++) {
        messages.over(batch.start(i), batch.end(i));
        while (messages.next()) {
          message.read(batch.content(), messages.payload(), messages.end());
          visitor.visit(message);
        }
      }
    }
  }
}
