package dev.otelscope.probe.dns;

import dev.otelscope.model.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The names of addresses in one network namespace. Has no clock; not thread-safe.
final class NameTable {
  /*
   * Expiry
   *   A program asks once and then stays connected for days, or connects again long after the time to
   *   live, from a cache of its own. So a name is kept while a connection uses its address, and for
   *   KEEP after the last answer or use, or for its time to live where that is longer.
   *   Earlier it goes when its name is answered with other addresses, its own time to live is over,
   *   and either no connection uses the address or another name was answered for it since: then it
   *   is someone else's now.
   *
   * Memory
   *   At most MOST names; beyond, the one goes that was answered or used the longest ago. That is
   *   the order of `names`.
   */
  static final int MOST = 2_048;

  static final long KEEP_NANOS = 900_000_000_000L;
  private static final long LONGEST_TTL_SECONDS = 86_400;
  private static final long IN_USE_NANOS = 30_000_000_000L;

  private record Key(String name, IpAddress address) {}

  private final String namespace;
  private final Map<Key, KnownName> names = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<IpAddress, Set<KnownName>> ofAddress = new HashMap<>();
  private final Map<String, Set<KnownName>> ofName = new HashMap<>();

  NameTable(String namespace) {
    this.namespace = namespace;
  }

  /// Notes an answer.
  ///
  /// @param tickNanos of a clock that never goes back, as everywhere here
  /// @param wallNanos since 1970
  void answered(DnsAnswer answer, long tickNanos, long wallNanos) {
    answer
        .addresses()
        .forEach((address, ttl) -> {
          KnownName known = know(answer.name(), address, tickNanos, wallNanos);
          known.ttlSeconds = (int) Math.min(ttl, LONGEST_TTL_SECONDS);
          known.answeredNanos = tickNanos;
        });
    dropOthers(answer, tickNanos);
  }

  /// Notes that a connection uses an address.
  void used(IpAddress address, long tickNanos) {
    for (KnownName known : ofAddress.getOrDefault(address, Set.of())) {
      known.usedNanos = tickNanos;
      var _ = names.get(keyOf(known)); // the youngest of all from now on
    }
  }

  /// Forgets what is over.
  void expire(long tickNanos) {
    for (KnownName known : new ArrayList<>(names.values())) {
      long kept = Math.max(KEEP_NANOS, known.ttlSeconds * 1_000_000_000L);
      if (tickNanos - known.answeredNanos > kept && tickNanos - known.usedNanos > KEEP_NANOS) {
        remove(known);
      }
    }
  }

  void forEach(Consumer<KnownName> listener) {
    names.values().forEach(listener);
  }

  int size() {
    return names.size();
  }

  private KnownName know(String name, IpAddress address, long tickNanos, long wallNanos) {
    Key key = new Key(name, address);
    KnownName known = names.get(key);
    if (known != null) {
      return known;
    }
    KnownName fresh = new KnownName(namespace, name, address, wallNanos);
    fresh.usedNanos = tickNanos - KEEP_NANOS - 1; // a clock's zero is any moment
    names.put(key, fresh);
    ofAddress.computeIfAbsent(address, absent -> new HashSet<>()).add(fresh);
    ofName.computeIfAbsent(name, absent -> new HashSet<>()).add(fresh);
    if (names.size() > MOST) {
      Iterator<KnownName> oldest = names.values().iterator();
      remove(oldest.next());
    }
    return fresh;
  }

  private void dropOthers(DnsAnswer answer, long tickNanos) {
    boolean v4 = answer.addresses().keySet().stream().anyMatch(IpAddress::isV4);
    for (KnownName known : List.copyOf(ofName.getOrDefault(answer.name(), Set.of()))) {
      boolean isOver = tickNanos - known.answeredNanos >= known.ttlSeconds * 1_000_000_000L;
      if (known.address().isV4() == v4
          && isOver
          && !answer.addresses().containsKey(known.address())
          && (tickNanos - known.usedNanos > IN_USE_NANOS || isTakenOver(known))) {
        remove(known);
      }
    }
  }

  private boolean isTakenOver(KnownName known) {
    Collection<KnownName> all = ofAddress.getOrDefault(known.address(), Set.of());
    return all.stream().anyMatch(other -> other.answeredNanos > known.answeredNanos);
  }

  private void remove(KnownName known) {
    names.remove(keyOf(known));
    leave(ofAddress, known.address(), known);
    leave(ofName, known.name(), known);
  }

  private static Key keyOf(KnownName known) {
    return new Key(known.name(), known.address());
  }

  private static <K> void leave(Map<K, Set<KnownName>> index, K key, KnownName known) {
    Set<KnownName> others = index.get(key);
    if (others != null && others.remove(known) && others.isEmpty()) {
      index.remove(key);
    }
  }
}
