package dev.otelscope.views;

import java.util.SortedSet;
import java.util.TreeMap;

/// How often each value occurs: a set from which something added twice must be removed twice. Not
/// thread-safe.
final class Tally<T extends Comparable<T>> {
  private final TreeMap<T, Integer> counts = new TreeMap<>();

  /// @param times negative to remove; a value whose count becomes zero is gone
  void add(T value, int times) {
    counts.merge(
        value,
        times,
        (before, more) -> {
          int now = before + more;
          return now == 0 ? null : Integer.valueOf(now);
        });
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  boolean isSingle() {
    return counts.size() == 1;
  }

  int size() {
    return counts.size();
  }

  /// The greatest value; there must be one.
  T last() {
    return counts.lastKey();
  }

  /// The distinct values in order; follows later changes.
  SortedSet<T> values() {
    return counts.navigableKeySet();
  }
}
