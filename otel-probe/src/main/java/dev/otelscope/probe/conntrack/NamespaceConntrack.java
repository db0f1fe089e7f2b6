package dev.otelscope.probe.conntrack;

import dev.otelscope.probe.kernel.Capability;
import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NetlinkMessages;
import dev.otelscope.probe.kernel.NetlinkSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The translated connections of one network namespace, through a netlink socket that was opened
/// inside it. While it is open, the namespace cannot go away. Not thread-safe.
final class NamespaceConntrack implements AutoCloseable {
  /*
   * Dumps and events
   *   Both come through one socket, each connection of a dump in the shape of an event, so that one
   *   loop reads what there is and never waits. What begins after the dump was asked for is told by
   *   an event, by the dump, or by both; what ends meanwhile is told after the dump has told it.
   */
  /// Room for events between two reads: an event takes 1.3 KiB of it.
  private static final int EVENT_BUFFER = 8 * 1024 * 1024;

  private static final int BUFFER = 64 * 1024; // the kernel fills at most half of it at a time

  /// Room to read into, shared by all namespaces that one thread reads.
  static final class Room {
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER, 8);
    private final ByteBuffer content = buffer.asByteBuffer().order(ByteOrder.nativeOrder());
    private final NetlinkMessages messages = new NetlinkMessages(content);
    private final ConntrackMessage message = new ConntrackMessage();
  }

  private final String name;
  private final NetlinkSocket socket;
  private final TranslationTable table;
  private long dump;
  private boolean dumping;
  private long dumpedNanos;

  private NamespaceConntrack(String name, NetlinkSocket socket, TranslationTable table) {
    this.name = name;
    this.socket = socket;
    this.table = table;
  }

  /// Opens the socket in the calling thread's namespace.
  ///
  /// @param name of the namespace
  /// @throws KernelException when the kernel has no connection tracking, or refuses to tell
  static NamespaceConntrack here(String name, TranslationTable table) throws KernelException {
    NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETFILTER, ConntrackMessage.GROUPS);
    socket.reserve(EVENT_BUFFER);
    return new NamespaceConntrack(name, socket, table);
  }

  /// Asks for everything, unless that has been done lately.
  void dumpUnlessYounger(long nanos, long nowNanos) throws KernelException {
    if (dump == 0 || (!dumping && nowNanos - dumpedNanos >= nanos)) {
      dumpedNanos = nowNanos;
      dump();
    }
  }

  /// Whether something that was there before it was listened to is about to be read.
  boolean isDumping() {
    return dumping;
  }

  /// Takes what the kernel has told since the last call.
  ///
  /// @return how often it ran out of room and dropped some, normally 0
  int read(Room room) throws IOException {
    int overruns = 0;
    while (true) {
      int received = socket.receive(room.buffer, NetlinkSocket.DONT_WAIT);
      if (received == -Errno.ENOBUFS) {
        overruns++;
        dumping = false; // its end may be among what was dropped
      } else if (received == -Errno.EAGAIN) {
        if (overruns > 0) {
          dump = 0;
        }
        return overruns;
      } else if (received < 0 && received != -Errno.EINTR) {
        throw new KernelException("recv(conntrack)", -received, "");
      } else {
        take(room, Math.max(0, received));
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private void dump() throws KernelException {
    dump = table.beginDump();
    dumping = true;
    socket.send(ConntrackMessage.dumpRequest());
  }

  private void take(Room room, int length) throws IOException {
    NetlinkMessages messages = room.messages.over(0, length);
    while (messages.next()) {
      switch (messages.type()) {
        case ConntrackMessage.TYPE_NEW -> {
          room.message.read(room.content, messages.payload(), messages.end());
          if (room.message.isTranslated()) {
            table.add(name, room.message.original(), room.message.reply());
          }
        }
        case ConntrackMessage.TYPE_DELETE -> {
          room.message.read(room.content, messages.payload(), messages.end());
          if (room.message.isTranslated()) {
            table.remove(name, room.message.original(), room.message.reply());
          }
        }
        case NetlinkMessages.TYPE_DONE -> endDump(messages.errno());
        case NetlinkMessages.TYPE_ERROR -> refuse(messages.errno());
        default -> {} // another subsystem's
      }
    }
  }

  private void endDump(int errno) throws KernelException {
    refuse(errno);
    if (dumping) {
      dumping = false;
      table.sweep(name, dump);
    }
  }

  private static void refuse(int errno) throws KernelException {
    if (errno > 0) {
      throw new KernelException(
          "conntrack dump",
          errno,
          Errno.isDenied(errno)
              ? Capability.advice(Capability.NET_ADMIN)
              : "the kernel needs CONFIG_NF_CT_NETLINK");
    }
  }
}
