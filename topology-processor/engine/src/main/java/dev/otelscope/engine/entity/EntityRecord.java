package dev.otelscope.engine.entity;

import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.engine.observation.Observation.ListenerSeen;
import dev.otelscope.engine.observation.Observation.MeasurementSeen;
import dev.otelscope.engine.observation.Observation.Subject;
import dev.otelscope.engine.observation.Reading;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Entity;
import dev.otelscope.model.Entity.Relation;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.Listener;
import dev.otelscope.model.Measurement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/// Everything that was said about one entity. Owned by the [EntityIndex].
final class EntityRecord {
  private final EntityId id;
  private final Instant firstSeen;
  private final String networkNamespace;
  private final Map<Subject, MeasurementFold> measurements = new HashMap<>();
  private final Map<Listener, Span> listeners = new HashMap<>();
  private Description description;
  private long describedNanos = Long.MIN_VALUE;
  private long heardNanos = Long.MIN_VALUE;
  private long newestStart;
  private Map<Relation, EntityId> relations = Map.of();

  /// When a series was last heard of.
  private record Span(long start, long time) {}

  EntityRecord(Description description, Instant firstSeen) {
    this.id = description.id();
    this.description = description;
    this.networkNamespace = description.networkNamespace();
    this.firstSeen = firstSeen;
  }

  EntityId id() {
    return id;
  }

  String host() {
    return description.host();
  }

  /// As first said: its listeners are entered under it.
  String networkNamespace() {
    return networkNamespace;
  }

  /// The latest start of a series of it, 0 when none was said.
  long newestStart() {
    return newestStart;
  }

  Set<Listener> listeners() {
    return listeners.keySet();
  }

  Map<Relation, EntityId> relations() {
    return relations;
  }

  void setRelations(Map<Relation, EntityId> value) {
    relations = value;
  }

  AttributeValue attribute(String name) {
    return description.attributes().getOrDefault(name, AttributeValue.of(""));
  }

  /// Takes over a description if it is not older than the one that is known.
  ///
  /// @return whether anything in it is new
  boolean describe(Description newer, long timeNanos) {
    if (timeNanos < describedNanos) {
      return false;
    }
    boolean first = describedNanos == Long.MIN_VALUE;
    describedNanos = timeNanos;
    boolean changed = first || !newer.equals(description);
    description = newer;
    return changed;
  }

  /// Notes a point of it.
  ///
  /// @return whether it was made later than all before
  boolean heard(long startNanos, long timeNanos) {
    newestStart = Math.max(newestStart, startNanos);
    boolean newer = timeNanos > heardNanos;
    heardNanos = Math.max(heardNanos, timeNanos);
    return newer;
  }

  boolean measure(MeasurementSeen seen) {
    return measurements.computeIfAbsent(seen.subject(), MeasurementFold::new).apply(seen.reading());
  }

  /// Notes a listener, or that it is no more.
  ///
  /// @return whether the point was newer than what was known
  boolean listen(ListenerSeen seen) {
    Reading reading = seen.reading();
    Span known = listeners.get(seen.listener());
    if (known != null
        && (reading.startNanos() < known.start()
            || reading.startNanos() == known.start() && reading.timeNanos() <= known.time())) {
      return false;
    }
    if (reading.value() > 0) {
      listeners.put(seen.listener(), new Span(reading.startNanos(), reading.timeNanos()));
    } else {
      listeners.remove(seen.listener());
    }
    return true;
  }

  /// The listeners whose series began at a time that satisfies the test.
  List<Listener> listenersSince(LongPredicate start) {
    return listeners.entrySet().stream()
        .filter(entry -> start.test(entry.getValue().start()))
        .map(Map.Entry::getKey)
        .toList();
  }

  void forgetListener(Listener listener) {
    listeners.remove(listener);
  }

  Entity entity(boolean stale) {
    Map<String, Measurement> values = new HashMap<>();
    for (MeasurementFold fold : measurements.values()) {
      Measurement measurement = fold.measurement();
      values.put(measurement.key(), measurement);
    }
    return new Entity(
        id,
        description.attributes(),
        relations,
        values,
        Set.copyOf(listeners.keySet()),
        firstSeen,
        stale);
  }
}
