package dev.otelscope.engine.entity;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.expiry.ExpiryBuckets;
import dev.otelscope.engine.observation.Observation.NameSeen;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which names addresses have, by what producers say, for as long as they say it. Owned by the
/// [EntityIndex].
///
/// ```
/// facts       (h1, namespace 4026531840, api.example, 203.0.113.7)  → since 14:00:01
/// ofAddress   203.0.113.7                                           → those facts (derived)
/// ```
final class NameBook {
  /*
   * Which name is shown
   *   The one that was answered first of those that are still said; the alphabet decides between
   *   equals. So a name does not change as long as it is good, whatever else is asked for and in
   *   whichever order it is told: an address that many names share keeps one of them.
   *   An address that means the same everywhere has the names that anybody on any host was told; one
   *   that means something on a host only, those that were told there.
   */
  private static final int MOST_SHOWN = 16;
  private static final long GRANULE_MILLIS = 1_000;

  private record Fact(String host, String namespace, String name, IpAddress address) {}

  private final int most;
  private final Map<Fact, Long> facts = new ConcurrentHashMap<>(); // read by other threads
  private final Map<IpAddress, Set<Fact>> ofAddress = new HashMap<>();
  private final ExpiryBuckets<Fact> expiry;
  private Set<EntityId> changed = new LinkedHashSet<>();

  NameBook(long timeToLiveMillis, int most) {
    this.most = most;
    this.expiry = new ExpiryBuckets<>(timeToLiveMillis, GRANULE_MILLIS);
  }

  /// Whether the limit forbids what is not known yet of this. For any thread.
  boolean refuses(NameSeen seen) {
    return facts.size() >= most
        && seen.addresses().stream().anyMatch(address -> !facts.containsKey(fact(seen, address)));
  }

  /// Notes what was said.
  Counted see(NameSeen seen, long nowMillis) {
    for (IpAddress address : seen.addresses()) {
      Fact fact = fact(seen, address);
      Long before = facts.get(fact);
      if (before == null && facts.size() >= most) {
        return Counted.POINT_DROPPED;
      }
      expiry.touch(fact, nowMillis);
      if (before == null || seen.sinceNanos() < before) {
        put(fact, seen.sinceNanos());
      }
    }
    return Counted.POINT_APPLIED;
  }

  /// Forgets what nobody has said for too long.
  ///
  /// @return how much that was
  int expire(long nowMillis, int budget) {
    int before = facts.size();
    expiry.expire(nowMillis, budget, this::remove);
    return before - facts.size();
  }

  /// The names of all addresses whose names changed since the last call, the one to show first.
  Map<EntityId, List<String>> drain() {
    Map<EntityId, List<String>> names = new LinkedHashMap<>();
    changed.forEach(id -> names.put(id, namesOf(id)));
    changed = new LinkedHashSet<>();
    return names;
  }

  private static Fact fact(NameSeen seen, IpAddress address) {
    return new Fact(seen.host(), seen.namespace(), seen.name(), address);
  }

  private void put(Fact fact, long sinceNanos) {
    facts.put(fact, sinceNanos);
    ofAddress.computeIfAbsent(fact.address(), absent -> new HashSet<>()).add(fact);
    noteChange(fact);
  }

  private void remove(Fact fact) {
    facts.remove(fact);
    Set<Fact> others = ofAddress.get(fact.address());
    if (others != null && others.remove(fact) && others.isEmpty()) {
      ofAddress.remove(fact.address());
    }
    noteChange(fact);
  }

  private void noteChange(Fact fact) {
    changed.add(entity(EntityType.GLOBAL, fact.address()));
    changed.add(entity(fact.host(), fact.address()));
  }

  private List<String> namesOf(EntityId id) {
    String where = id.value(0);
    List<Fact> all =
        new ArrayList<>(ofAddress.getOrDefault(IpAddress.parse(id.value(1)), Set.of()));
    all.removeIf(fact -> !where.equals(EntityType.GLOBAL) && !where.equals(fact.host()));
    return all.stream()
        .sorted(Comparator.<Fact>comparingLong(facts::get).thenComparing(Fact::name))
        .map(Fact::name)
        .distinct()
        .limit(MOST_SHOWN)
        .toList();
  }

  private static EntityId entity(String where, IpAddress address) {
    return EntityId.of(EntityType.ADDRESS, where, address.toString());
  }
}
