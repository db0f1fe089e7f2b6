package dev.otelscope.probe.dns;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.PacketSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The answers that come into one network namespace, through a packet socket that was opened inside
/// it. Not thread-safe.
final class NamespaceAnswers implements AutoCloseable {
  /// For answers between two looks, some 500 bytes each with what the kernel adds.
  private static final int ROOM = 1024 * 1024;

  private static final int LARGEST_PACKET = 64 * 1024;

  /// Whoever can send here from port 53 must not keep the probe from everything else.
  private static final int MOST_AT_ONCE = 10_000;

  /// Room to read into, shared by all namespaces that one thread reads.
  static final class Room {
    private final MemorySegment buffer = Arena.ofAuto().allocate(LARGEST_PACKET, 8);
    private final ByteBuffer content = buffer.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
    private final Packet packet = new Packet(content);
  }

  private final PacketSocket socket;
  private final NameTable table;
  private final AnswerReader reader;
  private long tickNanos;
  private long wallNanos;
  private long drops;

  private NamespaceAnswers(PacketSocket socket, NameTable table) {
    this.socket = socket;
    this.table = table;
    this.reader = new AnswerReader(answer -> table.answered(answer, tickNanos, wallNanos));
  }

  /// Opens the socket in the calling thread's namespace.
  ///
  /// @param name of the namespace
  static NamespaceAnswers here(String name) throws KernelException {
    return new NamespaceAnswers(
        PacketSocket.open(AnswerFilter.program(), ROOM), new NameTable(name));
  }

  /// Takes what has come since the last call.
  void read(Room room, long tick, long wall) throws KernelException {
    tickNanos = tick;
    wallNanos = wall;
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      int received = socket.receive(room.buffer);
      if (received == -Errno.EAGAIN) {
        return;
      } else if (received > 0) {
        reader.read(room.packet.of(received));
      } else if (received < 0 && received != -Errno.EINTR && received != -Errno.ENETDOWN) {
        throw new KernelException("recv(packet)", -received, "");
      }
    }
  }

  NameTable table() {
    return table;
  }

  long malformed() {
    return reader.malformed();
  }

  long incomplete() {
    return reader.incomplete();
  }

  /// Packets for which there was no room, since the beginning.
  long drops() {
    drops += socket.drops();
    return drops;
  }

  @Override
  public void close() {
    socket.close();
  }
}
