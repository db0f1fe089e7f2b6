package dev.otelscope.engine.entity;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.engine.expiry.ExpiryBuckets;
import dev.otelscope.engine.join.AddressBook.Kin;
import dev.otelscope.engine.observation.Observation.EntityObservation;
import dev.otelscope.engine.observation.Observation.EntitySeen;
import dev.otelscope.engine.observation.Observation.EventsLost;
import dev.otelscope.engine.observation.Observation.ListenerSeen;
import dev.otelscope.engine.observation.Observation.MeasurementSeen;
import dev.otelscope.engine.observation.Observation.NameSeen;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Entity;
import dev.otelscope.model.Entity.Relation;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Who exists, by what producers say, for as long as they say it.
public final class EntityIndex {
  /*
   * Concurrency
   *   One thread applies, expires and drains. Only `entities` and the names are read by others
   *   (`refuses`).
   *
   * Expiry
   *   An entity lives for the time to live after its last new point, a listener after its own. When a
   *   newer probe has taken over a host, what only the older one said goes at once.
   */
  private static final int EXPIRY_BUDGET = 20_000;
  private static final long GRANULE_MILLIS = 1_000;

  private final EngineCounters counters;
  private final int maxEntities;
  private final Map<EntityId, EntityRecord> entities = new ConcurrentHashMap<>();
  private final Map<EntityId, Set<IpAddress>> held = new HashMap<>();
  private final NameBook names;
  private final BookKeeper keeper = new BookKeeper();
  private final Relations relations = new Relations();
  private final ProbeWatch probes = new ProbeWatch();
  private final ExpiryBuckets<EntityId> expiry;
  private final ExpiryBuckets<Listening> listenerExpiry;
  private Set<EntityId> dirty = new LinkedHashSet<>();
  private Set<EntityId> gone = new LinkedHashSet<>();

  private record Listening(EntityId entity, Listener listener) {}

  public EntityIndex(long timeToLiveMillis, int maxEntities, EngineCounters counters) {
    this.counters = counters;
    this.maxEntities = maxEntities;
    this.names = new NameBook(timeToLiveMillis, maxEntities);
    this.expiry = new ExpiryBuckets<>(timeToLiveMillis, GRANULE_MILLIS);
    this.listenerExpiry = new ExpiryBuckets<>(timeToLiveMillis, GRANULE_MILLIS);
  }

  /// Whether the limit forbids this entity, which is not known yet. For any thread.
  public boolean refuses(EntityId entity) {
    return entities.size() >= maxEntities && !entities.containsKey(entity);
  }

  /// Whether the limit, which is that of entities, forbids more names. For any thread.
  public boolean refuses(NameSeen seen) {
    return names.refuses(seen);
  }

  /// How many entities are described. For any thread.
  public int size() {
    return entities.size();
  }

  /// Applies what was said, received at `nowMillis`.
  public void apply(EntityObservation observation, long nowMillis) {
    probes.heardFrom(observation.host(), nowMillis);
    switch (observation) {
      case EntitySeen seen -> see(seen, nowMillis);
      case MeasurementSeen seen -> count(measure(seen));
      case ListenerSeen seen -> count(listen(seen, nowMillis));
      case ProbeHeard heard -> count(probes.heard(heard, nowMillis));
      case EventsLost lost -> count(probes.lost(lost, nowMillis));
      case NameSeen seen -> count(names.see(seen, nowMillis));
    }
  }

  /// Notes that a limit kept points of a producer out.
  ///
  /// @param points how many, in all
  public void overLimit(String host, long points, String limit, long nowMillis) {
    probes.overLimit(host, points, limit, nowMillis);
  }

  /// Forgets what was silent for too long. Budgeted: a mass extinction takes several calls.
  public void expire(long nowMillis) {
    listenerExpiry.expire(
        nowMillis,
        EXPIRY_BUDGET,
        listening -> {
          EntityRecord entity = entities.get(listening.entity());
          if (entity != null) {
            forgetListener(entity, listening.listener());
          }
        });
    expiry.expire(nowMillis, EXPIRY_BUDGET, this::forget);
    counters.add(Counted.NAME_EXPIRED, names.expire(nowMillis, EXPIRY_BUDGET));
    for (String host : probes.handedOver(nowMillis)) {
      forgetOutdated(host);
    }
    dirty.addAll(changedStaleness(probes.checkSilence(nowMillis)));
  }

  /// What changed since the last call.
  public EntityChanges drain() {
    List<Entity> changed = new ArrayList<>(dirty.size());
    for (EntityId id : dirty) {
      EntityRecord entity = entities.get(id);
      if (entity != null) {
        changed.add(entity.entity(probes.isSilent(entity.host())));
      }
    }
    List<EntityId> removed = gone.stream().filter(id -> !entities.containsKey(id)).toList();
    dirty = new LinkedHashSet<>();
    gone = new LinkedHashSet<>();
    ProbeWatch.CoverageChanges coverage = probes.drain(this::nameOf);
    return new EntityChanges(
        changed,
        removed,
        coverage.said(),
        coverage.withdrawn(),
        names.drain(),
        keeper.book(),
        keeper.drainChanged(),
        keeper.drainKinChanged(),
        probes.silent());
  }

  private void count(Counted what) {
    counters.increment(what);
  }

  private void see(EntitySeen seen, long nowMillis) {
    EntityId id = seen.description().id();
    EntityRecord entity = entities.get(id);
    if (entity == null) {
      if (entities.size() >= maxEntities) {
        return;
      }
      entity = new EntityRecord(seen.description(), Instant.ofEpochMilli(nowMillis));
      entities.put(id, entity);
    }
    if (entity.heard(seen.startNanos(), seen.timeNanos())) {
      expiry.touch(id, nowMillis);
    }
    if (entity.describe(seen.description(), seen.timeNanos())) {
      dirty.add(id);
      relate(entity);
      relations.appeared(entity).forEach(this::relateAgain);
      hold(entity);
    }
  }

  private Counted measure(MeasurementSeen seen) {
    EntityRecord entity = entities.get(seen.entity());
    if (entity == null) {
      return Counted.POINT_UNKNOWN_ENTITY;
    }
    if (!entity.measure(seen)) {
      return Counted.POINT_DUPLICATE;
    }
    dirty.add(entity.id());
    return Counted.POINT_APPLIED;
  }

  private Counted listen(ListenerSeen seen, long nowMillis) {
    EntityRecord entity = entities.get(seen.entity());
    if (entity == null) {
      return Counted.POINT_UNKNOWN_ENTITY;
    }
    boolean before = entity.listeners().contains(seen.listener());
    if (!entity.listen(seen)) {
      return Counted.POINT_DUPLICATE;
    }
    boolean after = entity.listeners().contains(seen.listener());
    if (after) {
      listenerExpiry.touch(new Listening(entity.id(), seen.listener()), nowMillis);
    }
    if (after && !before) {
      keeper.listens(entity, seen.listener());
      dirty.add(entity.id());
    } else if (before && !after) {
      keeper.listensNoMore(entity, seen.listener());
      dirty.add(entity.id());
    }
    return Counted.POINT_APPLIED;
  }

  private void relateAgain(EntityId id) {
    EntityRecord entity = entities.get(id);
    if (entity != null) {
      relate(entity);
    }
  }

  private void relate(EntityRecord entity) {
    Map<Relation, EntityId> now = relations.of(entity);
    if (now.equals(entity.relations())) {
      return;
    }
    entity.setRelations(now);
    dirty.add(entity.id());
    Kin kin =
        new Kin(
            Optional.ofNullable(now.get(Relation.CHILD_OF)),
            Optional.ofNullable(now.get(Relation.PART_OF)));
    if (kin.parent().isPresent() || kin.container().isPresent()) {
      keeper.isKin(entity.id(), kin);
    } else {
      keeper.isNoKin(entity.id());
    }
  }

  private void hold(EntityRecord entity) {
    if (!entity.id().isOf(EntityType.HOST)) {
      return;
    }
    Set<IpAddress> before = held.getOrDefault(entity.id(), Set.of());
    Set<IpAddress> now = addresses(entity.attribute(AttributeNames.HOST_IP));
    before.stream().filter(ip -> !now.contains(ip)).forEach(ip -> keeper.holdsNoMore(entity, ip));
    now.stream().filter(ip -> !before.contains(ip)).forEach(ip -> keeper.holds(entity, ip));
    held.put(entity.id(), now);
  }

  /// Those that can be reached from elsewhere; what is no address is passed over.
  private static Set<IpAddress> addresses(AttributeValue value) {
    List<AttributeValue> texts =
        value instanceof AttributeValue.Listing listing ? listing.values() : List.of(value);
    return texts.stream()
        .flatMap(text -> address(text.toString()).stream())
        .filter(ip -> !ip.isLoopback() && !ip.isUnspecified() && !ip.isLinkLocal())
        .collect(Collectors.toSet());
  }

  private static Optional<IpAddress> address(String text) {
    try {
      return Optional.of(IpAddress.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void forget(EntityId id) {
    EntityRecord entity = entities.get(id);
    if (entity == null) {
      return;
    }
    counters.increment(Counted.ENTITY_EXPIRED);
    List.copyOf(entity.listeners()).forEach(listener -> forgetListener(entity, listener));
    Set<IpAddress> addresses = held.remove(id);
    if (addresses != null) {
      addresses.forEach(address -> keeper.holdsNoMore(entity, address));
    }
    entities.remove(id);
    expiry.remove(id);
    keeper.isNoKin(id);
    dirty.remove(id);
    gone.add(id);
    relations.disappeared(entity).forEach(this::relateAgain);
  }

  private void forgetListener(EntityRecord entity, Listener listener) {
    if (!entity.listeners().contains(listener)) {
      return;
    }
    counters.increment(Counted.LISTENER_EXPIRED);
    listenerExpiry.remove(new Listening(entity.id(), listener));
    entity.forgetListener(listener);
    keeper.listensNoMore(entity, listener);
    dirty.add(entity.id());
  }

  private void forgetOutdated(String host) {
    for (EntityRecord entity : List.copyOf(entities.values())) {
      if (!entity.host().equals(host)) {
        continue;
      }
      entity
          .listenersSince(start -> probes.isOutdated(host, start))
          .forEach(listener -> forgetListener(entity, listener));
      if (probes.isOutdated(host, entity.newestStart())) {
        forget(entity.id());
      }
    }
  }

  private List<EntityId> changedStaleness(Set<String> hosts) {
    if (hosts.isEmpty()) {
      return List.of();
    }
    return entities.values().stream()
        .filter(entity -> hosts.contains(entity.host()))
        .map(EntityRecord::id)
        .toList();
  }

  private String nameOf(String host) {
    EntityRecord entity = entities.get(EntityId.of(EntityType.HOST, host));
    String name = entity == null ? "" : entity.attribute(AttributeNames.HOST_NAME).toString();
    return name.isEmpty() ? host : name;
  }
}
