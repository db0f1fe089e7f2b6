package dev.otelscope.engine.expiry;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Forgets keys that nobody touched for a fixed time: never early, and at most two granules late
/// when it is asked often enough. Has no clock and no thread: the owner says what time it is. Not
/// thread-safe.
public final class ExpiryBuckets<K> {
  /*
   * Layout
   *   A ring of buckets, one for each granule of time. A key sits in exactly one bucket, that of the
   *   granule in which it would have expired when it was put there.
   *
   *     granule   41        42        43        44     ...
   *     bucket    [a, c]    []        [b]       [d]
   *               ^ cursor: the next one to come due
   *
   * Touching
   *   Only notes the time; the key is not moved. When its bucket comes due, a key that was touched since
   *   goes to the bucket where it belongs now. So touching is one hash look-up, and every key is looked
   *   at once per time to live, however often it was touched.
   *
   * Budget
   *   Expiry stops after a number of keys, so that a mass extinction cannot hold up its owner, and goes
   *   on there the next time. While it lags by more than the whole ring, a key may be looked at more
   *   than once; it still expires once.
   */

  private final long timeToLive;
  private final long granule;
  private final List<ArrayDeque<Entry<K>>> ring;
  private final Map<K, Entry<K>> entries = new HashMap<>();
  private long cursor = Long.MIN_VALUE;

  /// @param timeToLive time after the last touch at which a key may go, in any unit, positive
  /// @param granule width of a bucket in the same unit, positive; `timeToLive / granule` buckets
  ///   are kept
  public ExpiryBuckets(long timeToLive, long granule) {
    if (timeToLive <= 0 || granule <= 0) {
      throw new IllegalArgumentException(
          "time to live " + timeToLive + " and granule " + granule + " must be positive");
    }
    this.timeToLive = timeToLive;
    this.granule = granule;
    int buckets = Math.toIntExact(timeToLive / granule) + 2;
    ring = new ArrayList<>(buckets);
    for (int i = 0; i < buckets; i++) {
      ring.add(new ArrayDeque<>());
    }
  }

  /// Notes that `key` is alive at `now`.
  public void touch(K key, long now) {
    Entry<K> entry = entries.get(requireNonNull(key, "key"));
    if (entry != null) {
      entry.touched = Math.max(entry.touched, now);
      return;
    }
    if (entries.isEmpty()) {
      cursor = Math.max(cursor, Math.floorDiv(now, granule)); // nothing is due before this key
    }
    entry = new Entry<>(key, now);
    entries.put(key, entry);
    bucketOf(entry).add(entry);
  }

  /// Forgets `key` without reporting it.
  public void remove(K key) {
    Entry<K> entry = entries.remove(key);
    if (entry != null) {
      entry.removed = true; // its bucket drops it when it comes due
    }
  }

  public int size() {
    return entries.size();
  }

  /// Reports and forgets the keys whose time has come.
  ///
  /// @param budget how many keys may be looked at
  /// @return what is left of the budget; zero when there may be more to do
  public int expire(long now, int budget, Consumer<? super K> expired) {
    long present = Math.floorDiv(now, granule);
    int left = budget;
    while (cursor < present && !entries.isEmpty()) {
      ArrayDeque<Entry<K>> due = bucketAt(cursor);
      for (int unseen = due.size(); unseen > 0; unseen--) {
        if (left == 0) {
          return 0;
        }
        left--;
        settle(due.remove(), expired);
      }
      cursor++;
    }
    return left;
  }

  private void settle(Entry<K> entry, Consumer<? super K> expired) {
    if (entry.removed) {
      return;
    }
    if (granuleOfDeath(entry) > cursor) {
      bucketOf(entry).add(entry);
      return;
    }
    entries.remove(entry.key);
    expired.accept(entry.key);
  }

  private long granuleOfDeath(Entry<K> entry) {
    return Math.floorDiv(entry.touched + timeToLive, granule);
  }

  private ArrayDeque<Entry<K>> bucketOf(Entry<K> entry) {
    return bucketAt(granuleOfDeath(entry));
  }

  private ArrayDeque<Entry<K>> bucketAt(long granuleNumber) {
    return ring.get(Math.floorMod(granuleNumber, ring.size()));
  }

  private static final class Entry<K> {
    private final K key;
    private long touched;
    private boolean removed;

    private Entry(K key, long touched) {
      this.key = key;
      this.touched = touched;
    }
  }
}
