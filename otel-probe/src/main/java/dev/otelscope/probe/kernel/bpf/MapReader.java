package dev.otelscope.probe.kernel.bpf;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads all entries of hash maps of one shape, many at once where the kernel can (since 5.6).
/// Keeps its buffers. Not thread-safe.
public final class MapReader {
  /*
   * Layout of the attributes of the batch commands
   *   0 u64 where to begin, 8 u64 where it ended, 16 u64 keys, 24 u64 values, 32 u32 count, 36 u32 map
   *   ENOENT says that the end was reached, with what was read. ENOSPC says that one bucket of the
   *   table has more entries than fit: the room is doubled.
   *
   * Nobody else may change a map while it is drained. Reading one by one would visit some twice
   * otherwise, and values would change between being read and being removed.
   */
  private static final int FIRST_CAPACITY = 512;

  /// Hears of each entry; the bytes are valid during the call only.
  public interface Visitor {
    /// @param key where the key begins in `keys`
    /// @param value where the value begins in `values`
    void visit(ByteBuffer keys, int key, ByteBuffer values, int value) throws KernelException;
  }

  private final int keySize;
  private final int valueSize;
  private int capacity = FIRST_CAPACITY;
  private MemorySegment keyBytes;
  private MemorySegment valueBytes;
  private ByteBuffer keys;
  private ByteBuffer values;
  private boolean batches = true;

  /// @param like one of the maps
  public MapReader(BpfMap like) {
    keySize = like.keySize();
    valueSize = like.valueSize();
    keyBytes = room(keySize);
    valueBytes = room(valueSize);
    keys = buffer(keyBytes);
    values = buffer(valueBytes);
  }

  /// Tells all entries and leaves them. What comes and goes meanwhile may be told or not.
  ///
  /// @throws KernelException also when the kernel cannot read many at once
  public void visit(BpfMap map, Visitor visitor) throws KernelException {
    if (!inBatches(BpfCommand.MAP_LOOKUP_BATCH, map, visitor)) {
      throw BpfCommand.MAP_LOOKUP_BATCH.failure("map " + map.name(), Errno.EINVAL);
    }
  }

  /// Tells all entries and empties the map: one by one, where the kernel can do nothing else.
  public void drain(BpfMap map, Visitor visitor) throws KernelException {
    batches = batches && inBatches(BpfCommand.MAP_LOOKUP_AND_DELETE_BATCH, map, visitor);
    if (!batches) {
      drainOneByOne(map, visitor);
    }
  }

  /// As a kernel without the batch commands would be read.
  void drainOneByOne(BpfMap map, Visitor visitor) throws KernelException {
    MemorySegment key = keyBytes.asSlice(0, keySize);
    while (map.nextKey(MemorySegment.NULL, key)) {
      if (map.lookup(key, valueBytes)) {
        visitor.visit(keys, 0, values, 0);
      }
      map.delete(key);
    }
  }

  /// @return false when the kernel does not know the command
  private boolean inBatches(BpfCommand command, BpfMap map, Visitor visitor)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(Math.max(keySize, Long.BYTES), Long.BYTES);
      Attributes attributes = new Attributes(arena, 56).with(36, map.descriptor());
      boolean first = true;
      while (true) {
        attributes
            .with(0, first ? MemorySegment.NULL : place)
            .with(8, place)
            .with(16, keyBytes)
            .with(24, valueBytes)
            .with(32, capacity);
        int result = command.tryCall(attributes.bytes());
        if (result == -Errno.ENOSPC) {
          grow();
          continue;
        }
        if (first && isUnknown(result)) {
          return false;
        }
        if (result < 0 && result != -Errno.ENOENT) {
          throw command.failure("map " + map.name(), -result);
        }
        int count = attributes.read(32);
        for (int i = 0; i < count; i++) {
          visitor.visit(keys, i * keySize, values, i * valueSize);
        }
        if (result == -Errno.ENOENT) {
          return true;
        }
        first = false;
      }
    }
  }

  private static boolean isUnknown(int result) {
    return result == -Errno.EINVAL || result == -Errno.ENOTSUPP || result == -Errno.EOPNOTSUPP;
  }

  private void grow() {
    capacity *= 2;
    keyBytes = room(keySize);
    valueBytes = room(valueSize);
    keys = buffer(keyBytes);
    values = buffer(valueBytes);
  }

  private MemorySegment room(int size) {
    return Arena.ofAuto().allocate((long) capacity * size, Long.BYTES);
  }

  private static ByteBuffer buffer(MemorySegment room) {
    return room.asByteBuffer().order(ByteOrder.nativeOrder());
  }
}
