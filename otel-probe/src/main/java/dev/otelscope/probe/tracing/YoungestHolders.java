package dev.otelscope.probe.tracing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Which record of each socket counts, when several processes have it open: that of the youngest.
/// Keeps its table; allocates nothing unless there are more sockets than ever. Not thread-safe.
final class YoungestHolders {
  /*
   * Layout: open addressing with linear probing, at most half full; a slot holds one more than the
   * offset of a record, 0 when it is free. Two records are of one socket when their cookies are equal.
   */
  private int[] slots = new int[1024];

  /// Begins anew with so many bytes of records.
  void read(ByteBuffer records, int length) {
    int needed = Integer.highestOneBit(Math.max(length / SocketLayout.SIZE, 1)) << 2;
    if (needed > slots.length) {
      slots = new int[needed];
    } else {
      Arrays.fill(slots, 0);
    }
    for (int at = 0; at < length; at += SocketLayout.SIZE) {
      int slot = slotOf(records, records.getLong(at + SocketLayout.COOKIE));
      if (slots[slot] == 0 || isYounger(records, at, slots[slot] - 1)) {
        slots[slot] = at + 1;
      }
    }
  }

  /// Whether the record at this offset is the one that counts.
  boolean counts(ByteBuffer records, int at) {
    return slots[slotOf(records, records.getLong(at + SocketLayout.COOKIE))] == at + 1;
  }

  private int slotOf(ByteBuffer records, long cookie) {
    int mask = slots.length - 1;
    int slot = (int) (cookie * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
    while (slots[slot] != 0 && records.getLong(slots[slot] - 1 + SocketLayout.COOKIE) != cookie) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static boolean isYounger(ByteBuffer records, int at, int than) {
    long start = records.getLong(at + SocketLayout.PROCESS_START);
    long other = records.getLong(than + SocketLayout.PROCESS_START);
    return start != other
        ? start > other
        : records.getLong(at + SocketLayout.PROCESS) > records.getLong(than + SocketLayout.PROCESS);
  }
}
