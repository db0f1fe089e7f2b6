package dev.otelscope.probe.tracing;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.BpfMap;
import dev.otelscope.probe.kernel.bpf.MapReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Finds ends of connections that are over and wait in vain for their other end, and tells them
/// alone. Asked by one thread.
final class WaitingEnds {
  /*
   * Who waits in vain
   *   The figures of an end that is over stay in the pair until the other end is over or a scan meets
   *   it. Neither happens to one that is in no process's hands: nobody has accepted it yet, or the
   *   kernel itself has it. And its last change may not have been seen.
   *
   * How long
   *   Every 20 s all pairs are looked at. An end that waited at the look before, too, is told, and the
   *   pair goes: if the other end comes after all, it finds none and counts as one without.
   *
   * At the same moment
   *   A program that has looked the pair up before it is removed, and ends it after that, counts both
   *   ends once more. That takes a coincidence within the run of a program, of two that had more than
   *   20 s for it.
   */
  static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(20);

  /// Hears of an end, as [EndLayout]; the bytes are valid during the call only.
  interface Visitor {
    void visit(ByteBuffer bytes, int at);
  }

  private final BpfMap pairs;
  private final MapReader reader;
  private Set<Long> before = Set.of(); // cookies of those that waited at the last look
  private boolean looked;
  private long lastLook;

  /// @param pairs see [PairLayout]
  WaitingEnds(BpfMap pairs) {
    this.pairs = pairs;
    reader = new MapReader(pairs);
  }

  /// Looks, if it is time to.
  ///
  /// @param now nanoseconds, never goes back
  void tell(long now, Visitor visitor) throws KernelException {
    if (looked && now - lastLook < LOOK_NANOS) {
      return;
    }
    looked = true;
    lastLook = now;
    Set<Long> waiting = new HashSet<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(PairLayout.KEY_SIZE, Long.BYTES);
      reader.visit(
          pairs,
          (keys, keyAt, values, valueAt) -> {
            int end = waitingEnd(values.getLong(valueAt + PairLayout.FLAGS));
            if (end < 0) {
              return;
            }
            long cookie = values.getLong(valueAt + end + EndLayout.COOKIE);
            if (!before.contains(cookie)) {
              waiting.add(cookie);
              return;
            }
            MemorySegment.copy(MemorySegment.ofBuffer(keys), keyAt, key, 0, PairLayout.KEY_SIZE);
            if (pairs.delete(key)) {
              visitor.visit(values, valueAt + end);
            }
          });
    }
    before = waiting;
  }

  /// Where the end lies that waits; -1 if none does.
  private static int waitingEnd(long flags) {
    boolean clientClosed = (flags & PairLayout.FLAG_CLIENT_CLOSED) != 0;
    boolean serverClosed = (flags & PairLayout.FLAG_SERVER_CLOSED) != 0;
    if (clientClosed == serverClosed) {
      return -1;
    }
    long told =
        clientClosed
            ? PairLayout.FLAG_CLIENT_TOLD | PairLayout.FLAG_CLIENT_TAKEN
            : PairLayout.FLAG_SERVER_TOLD | PairLayout.FLAG_SERVER_TAKEN;
    if ((flags & told) != 0) {
      return -1;
    }
    return clientClosed ? PairLayout.CLIENT : PairLayout.SERVER;
  }
}
