package dev.otelscope.views;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pcollections.PMap;

/// How one map of things with an identity becomes another. No key is in two of the three.
///
/// @param add those that were not there
/// @param update those that were there and are now otherwise, whole
/// @param remove in order
public record Changes<K extends Comparable<K>, V>(Map<K, V> add, Map<K, V> update, Set<K> remove) {

  public boolean isEmpty() {
    return add.isEmpty() && update.isEmpty() && remove.isEmpty();
  }

  /// How many there are.
  public int size() {
    return add.size() + update.size() + remove.size();
  }

  public PMap<K, V> applyTo(PMap<K, V> map) {
    return map.minusAll(remove).plusAll(add).plusAll(update);
  }

  /// These changes and then the later ones as one. What came and went again, or went and came
  /// again, is left out or updated.
  public Changes<K, V> then(Changes<K, V> later) {
    Map<K, V> added = new LinkedHashMap<>(add);
    Map<K, V> updated = new LinkedHashMap<>(update);
    Set<K> removed = new TreeSet<>(remove);
    for (K key : later.remove) {
      updated.remove(key);
      if (added.remove(key) == null) {
        removed.add(key);
      }
    }
    later.update.forEach(
        (key, value) -> (added.containsKey(key) ? added : updated).put(key, value));
    later.add.forEach((key, value) -> (removed.remove(key) ? updated : added).put(key, value));
    return new Changes<>(added, updated, removed);
  }

  /// Collects changes of a map while it is changed.
  static final class Recorder<K extends Comparable<K>, V> {
    private final Map<K, V> add = new LinkedHashMap<>();
    private final Map<K, V> update = new LinkedHashMap<>();
    private final Set<K> remove = new TreeSet<>();

    PMap<K, V> put(PMap<K, V> map, K key, V value) {
      V before = map.get(key);
      if (value.equals(before)) {
        return map;
      }
      (before == null ? add : update).put(key, value);
      return map.plus(key, value);
    }

    PMap<K, V> remove(PMap<K, V> map, K key) {
      if (!map.containsKey(key)) {
        return map;
      }
      remove.add(key);
      return map.minus(key);
    }

    Changes<K, V> changes() {
      return new Changes<>(add, update, remove);
    }
  }
}
