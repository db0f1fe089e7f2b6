package dev.otelscope.probe.primitive;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A hash map whose keys are primitive and never 0. Not thread-safe.
public final class LongMap<V> {
  /*
   * Layout: open addressing with linear probing, at most half full. A key sits at the slot its hash
   * names, or at the first free one after it; removal closes the gap by moving later keys of the
   * same run back, so there are no tombstones and a run ends at the first free slot.
   */
  private static final int FIRST_CAPACITY = 16;

  private long[] keys = new long[FIRST_CAPACITY];
  private @Nullable Object[] values = new Object[FIRST_CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  public @Nullable V get(long key) {
    return valueAt(slotOf(key));
  }

  public void put(long key, V value) {
    int slot = slotOf(key);
    if (keys[slot] == 0) {
      if (2 * (size + 1) > keys.length) {
        grow();
        slot = slotOf(key);
      }
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
  }

  public void remove(long key) {
    int slot = slotOf(key);
    if (keys[slot] != 0) {
      removeAt(slot);
    }
  }

  public void forEach(Consumer<? super V> action) {
    for (int slot = 0; slot < keys.length; slot++) {
      V value = valueAt(slot);
      if (value != null) {
        action.accept(value);
      }
    }
  }

  public void clear() {
    Arrays.fill(keys, 0);
    Arrays.fill(values, null);
    size = 0;
  }

  private void removeAt(int removed) {
    int gap = removed;
    for (int slot = next(gap); keys[slot] != 0; slot = next(slot)) {
      int home = home(keys[slot]);
      boolean movable =
          Math.floorMod(slot - home, keys.length) >= Math.floorMod(slot - gap, keys.length);
      if (movable) {
        keys[gap] = keys[slot];
        values[gap] = values[slot];
        gap = slot;
      }
    }
    keys[gap] = 0;
    values[gap] = null;
    size--;
  }

  private int slotOf(long key) {
    if (key == 0) {
      throw new IllegalArgumentException("0 is not a key");
    }
    int slot = home(key);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = next(slot);
    }
    return slot;
  }

  private int home(long key) {
    return (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 64 - Integer.numberOfTrailingZeros(keys.length));
  }

  private int next(int slot) {
    return slot + 1 & keys.length - 1;
  }

  @SuppressWarnings("unchecked") // only put writes
  private @Nullable V valueAt(int slot) {
    return (V) values[slot];
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new Object[keys.length];
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldKeys[slot] != 0) {
        int free = slotOf(oldKeys[slot]);
        keys[free] = oldKeys[slot];
        values[free] = oldValues[slot];
      }
    }
  }
}
