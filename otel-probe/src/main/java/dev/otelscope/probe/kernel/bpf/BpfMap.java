package dev.otelscope.probe.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.btf.BtfWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// Memory that programs in the kernel and the probe share: keys and values of fixed sizes.
public final class BpfMap extends BpfObject {
  /*
   * Layouts of the attributes (union bpf_attr)
   *   BPF_MAP_CREATE: 0 u32 type, 4 u32 key size, 8 u32 value size, 12 u32 entries, 16 u32 flags,
   *     20 u32 inner map, 28 char[16] name, 48 u32 types, 52 u32 type of keys, 56 u32 type of values
   *   BPF_MAP_*_ELEM, BPF_MAP_GET_NEXT_KEY: 0 u32 map, 8 u64 key, 16 u64 value or next key, 24 u64 flags
   */
  private static final int HASH = 1;
  private static final int ARRAY = 2;
  private static final int PERCPU_ARRAY = 6;
  private static final int LRU_HASH = 9;
  private static final int ARRAY_OF_MAPS = 12;
  private static final int SK_STORAGE = 24;
  private static final int RINGBUF = 27;
  private static final int NO_PREALLOC = 1;
  private static final Path POSSIBLE_CPUS = Path.of("/sys/devices/system/cpu/possible");

  private final int keySize;
  private final int valueSize;
  private final int entries;

  private BpfMap(String name, int descriptor, int keySize, int valueSize, int entries) {
    super(name, descriptor);
    this.keySize = keySize;
    this.valueSize = valueSize;
    this.entries = entries;
  }

  /// Any keys, at most `entries` of them; takes memory only for those that are there.
  public static BpfMap hash(String name, int keySize, int valueSize, int entries)
      throws KernelException {
    return create(name, HASH, keySize, valueSize, entries, NO_PREALLOC, 0);
  }

  /// Any keys; when there are more than `entries` of them, those go that were not used for longest.
  /// For what may be missed without harm.
  public static BpfMap cache(String name, int keySize, int valueSize, int entries)
      throws KernelException {
    return create(name, LRU_HASH, keySize, valueSize, entries, 0, 0);
  }

  /// The keys 0 to `entries - 1`, of 32 bits; all there from the start, filled with zeros.
  public static BpfMap array(String name, int valueSize, int entries) throws KernelException {
    return create(name, ARRAY, Integer.BYTES, valueSize, entries, 0, 0);
  }

  /// An [#array] that each processor has for itself: programs add without a lock, and
  /// [#sumOverProcessors] reads them together. Values are counters of 64 bits.
  public static BpfMap counters(String name, int entries) throws KernelException {
    return create(name, PERCPU_ARRAY, Integer.BYTES, Long.BYTES, entries, 0, 0);
  }

  /// A single place, key 0, for another map like `inner`. Programs look the map up there, so that
  /// it can be exchanged under them; see [#replaceInner].
  public static BpfMap holderOf(String name, BpfMap inner) throws KernelException {
    BpfMap holder =
        create(name, ARRAY_OF_MAPS, Integer.BYTES, Integer.BYTES, 1, 0, inner.descriptor());
    try {
      holder.replaceInner(inner);
      return holder;
    } catch (KernelException e) {
      holder.close();
      throw e;
    }
  }

  /// Bytes from programs to the probe, in order; read by [RingBuffer].
  ///
  /// @param size a power of two and a multiple of the page size
  public static BpfMap ringBuffer(String name, int size) throws KernelException {
    return create(name, RINGBUF, 0, 0, size, 0, 0);
  }

  /// A value with each socket, which goes when the socket does.
  ///
  /// @param words how many 64-bit words the value has
  public static BpfMap socketStorage(String name, int words) throws KernelException {
    BtfWriter types = new BtfWriter();
    int key = types.integer("key", Integer.BYTES, true);
    int word = types.integer("word", Long.BYTES, false);
    String[] fields = new String[words];
    for (int i = 0; i < words; i++) {
      fields[i] = "word" + i;
    }
    int value = types.words("value", word, fields);
    int size = words * Long.BYTES;
    try (TypeDescription description = TypeDescription.load(types);
        Arena arena = Arena.ofConfined()) {
      Attributes attributes =
          creation(arena, name, SK_STORAGE, Integer.BYTES, size, 0, NO_PREALLOC, 0)
              .with(48, description.descriptor())
              .with(52, key)
              .with(56, value);
      int descriptor = BpfCommand.MAP_CREATE.call("map " + name, attributes.bytes());
      return new BpfMap(name, descriptor, Integer.BYTES, size, 0);
    }
  }

  public int keySize() {
    return keySize;
  }

  public int valueSize() {
    return valueSize;
  }

  /// How many it has room for; bytes of a ring buffer.
  public int entries() {
    return entries;
  }

  /// Reads one value.
  ///
  /// @return false when the key is not there
  public boolean lookup(MemorySegment key, MemorySegment value) throws KernelException {
    return isThere(BpfCommand.MAP_LOOKUP_ELEM, key, value);
  }

  /// Writes one value, whether or not the key is there.
  public void update(MemorySegment key, MemorySegment value) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      BpfCommand.MAP_UPDATE_ELEM.call("map " + name(), element(arena, key, value));
    }
  }

  /// Removes one key.
  ///
  /// @return false when it was not there
  public boolean delete(MemorySegment key) throws KernelException {
    return isThere(BpfCommand.MAP_DELETE_ELEM, key, MemorySegment.NULL);
  }

  /// Finds the key after another one, in no particular order.
  ///
  /// @param key [MemorySegment#NULL] for the first
  /// @return false when there is none
  boolean nextKey(MemorySegment key, MemorySegment next) throws KernelException {
    return isThere(BpfCommand.MAP_GET_NEXT_KEY, key, next);
  }

  /// Exchanges the map in a [#holderOf]. When this returns, no program uses the former one any
  /// more: the kernel waits for those that run (`maybe_wait_bpf_programs` in kernel/bpf/syscall.c).
  public void replaceInner(BpfMap inner) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(JAVA_INT, inner.descriptor());
      update(arena.allocate(Integer.BYTES), value);
    }
  }

  /// The sum of a counter over all processors; see [#counters].
  public long sumOverProcessors(int index) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(JAVA_INT, index);
      MemorySegment values = arena.allocate((long) Long.BYTES * possibleProcessors(), Long.BYTES);
      lookup(key, values);
      long sum = 0;
      for (long offset = 0; offset < values.byteSize(); offset += Long.BYTES) {
        sum += values.get(JAVA_LONG, offset);
      }
      return sum;
    }
  }

  private boolean isThere(BpfCommand command, MemorySegment key, MemorySegment value)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      int result = command.tryCall(element(arena, key, value));
      if (result < 0 && result != -Errno.ENOENT) {
        throw command.failure("map " + name(), -result);
      }
      return result >= 0;
    }
  }

  private MemorySegment element(Arena arena, MemorySegment key, MemorySegment value) {
    return new Attributes(arena, 32).with(0, descriptor()).with(8, key).with(16, value).bytes();
  }

  private static BpfMap create(
      String name, int type, int keySize, int valueSize, int entries, int flags, int inner)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      Attributes attributes =
          creation(arena, name, type, keySize, valueSize, entries, flags, inner);
      int descriptor = BpfCommand.MAP_CREATE.call("map " + name, attributes.bytes());
      return new BpfMap(name, descriptor, keySize, valueSize, entries);
    }
  }

  private static Attributes creation(
      Arena arena,
      String name,
      int type,
      int keySize,
      int valueSize,
      int entries,
      int flags,
      int inner) {
    return new Attributes(arena, 72)
        .with(0, type)
        .with(4, keySize)
        .with(8, valueSize)
        .with(12, entries)
        .with(16, flags)
        .with(20, inner)
        .withName(28, name);
  }

  /// Processors that may ever be there, in a text such as `0-3` or `0,2-5`: the kernel hands over a
  /// value for each, whether or not it is switched on.
  private static int possibleProcessors() throws KernelException {
    try {
      String[] ranges = Files.readString(POSSIBLE_CPUS).strip().split(",", -1);
      String last = ranges[ranges.length - 1];
      return Integer.parseInt(last.substring(last.indexOf('-') + 1)) + 1;
    } catch (IOException e) {
      throw new KernelException("read(" + POSSIBLE_CPUS + ")", Errno.ENOENT, "mount /sys");
    }
  }
}
