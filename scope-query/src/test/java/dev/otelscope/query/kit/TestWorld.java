package dev.otelscope.query.kit;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.Entity.Relation;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Listener;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Revision;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import dev.otelscope.model.VirtualAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePMap;

/// A graph that a test changes in its own words, and publishes.
public final class TestWorld {
  public static final Instant START = Instant.parse("2026-11-22T14:00:00Z");

  private final GraphPublisher publisher;
  private final String epoch;
  private final Map<EntityId, Entity> entities = new HashMap<>();
  private final Map<EdgeKey, Edge> edges = new HashMap<>();
  private final Map<String, Coverage> coverage = new HashMap<>();
  private GraphSnapshot published = GraphSnapshot.EMPTY;

  public TestWorld(GraphPublisher publisher, String epoch) {
    this.publisher = publisher;
    this.epoch = epoch;
  }

  /// The shop: nginx on `web` talks to an app, the app to postgres on `db`; someone on the Internet
  /// talks to nginx, and the app to an address that nobody claims.
  public static TestWorld shop(GraphPublisher publisher, String epoch) {
    TestWorld world = new TestWorld(publisher, epoch);
    world.host("web", "shop-1");
    world.host("db", "shop-2");
    EntityId nginx = world.process("web", 100, "nginx", "nginx: worker process");
    EntityId app = world.process("web", 200, "app", "/usr/bin/app --port 8080");
    EntityId postgres = world.process("db", 300, "postgres", "postgres: app");
    world.process("web", 400, "cron", "/usr/sbin/cron");
    EntityId collector = world.process("web", 500, "otelcol", "otelcol --config x");
    world.connect(nginx, app, 8080, 3);
    world.connect(app, postgres, 5432, 2);
    world.connect(address("203.0.113.7"), nginx, 443, 1);
    world.connect(app, address("10.9.9.9"), 9000, 1);
    world.connect(app, collector, 4317, 1);
    return world;
  }

  public static EntityId host(String id) {
    return EntityId.of(EntityType.HOST, id);
  }

  public static EntityId process(String host, int pid) {
    return EntityId.of(EntityType.PROCESS, host, Integer.toString(pid), "boot-" + pid);
  }

  public static EntityId address(String ip) {
    return EntityId.of(EntityType.ADDRESS, EntityType.GLOBAL, ip);
  }

  public void host(String id, String name) {
    put(host(id), Map.of(AttributeNames.HOST_NAME, AttributeValue.of(name)), Map.of());
  }

  public EntityId process(String host, int pid, String name, String commandLine) {
    EntityId id = process(host, pid);
    put(
        id,
        Map.of(
            AttributeNames.PROCESS_EXECUTABLE_NAME,
            AttributeValue.of(name),
            AttributeNames.PROCESS_COMMAND_LINE,
            AttributeValue.of(commandLine),
            AttributeNames.PROCESS_PID,
            AttributeValue.of(pid)),
        Map.of(Relation.RUNS_ON, host(host)));
    return id;
  }

  public EntityId container(String host, String containerId, Map<String, String> attributes) {
    EntityId id = EntityId.of(EntityType.CONTAINER, containerId);
    Map<String, AttributeValue> said = new HashMap<>();
    attributes.forEach((name, value) -> said.put(name, AttributeValue.of(value)));
    put(id, said, Map.of(Relation.RUNS_ON, host(host)));
    return id;
  }

  /// A process called `app` in a container.
  public EntityId processIn(EntityId container, String host, int pid) {
    EntityId id = process(host, pid);
    put(
        id,
        Map.of(AttributeNames.PROCESS_EXECUTABLE_NAME, AttributeValue.of("app")),
        Map.of(Relation.RUNS_ON, host(host), Relation.PART_OF, container));
    return id;
  }

  private void put(
      EntityId id, Map<String, AttributeValue> attributes, Map<Relation, EntityId> relations) {
    entities.put(id, new Entity(id, attributes, relations, Map.of(), Set.of(), START, false));
  }

  public void measure(EntityId id, String metric, double value, double rate) {
    measure(id, new Measurement(metric, Map.of(), "1", value, rate, START));
  }

  public void measure(EntityId id, Measurement measurement) {
    Entity entity = entity(id);
    Map<String, Measurement> measurements = new HashMap<>(entity.measurements());
    measurements.put(measurement.key(), measurement);
    replace(entity, measurements, entity.listeners());
  }

  public void listen(EntityId id, Listener listener) {
    Entity entity = entity(id);
    Set<Listener> listeners = new HashSet<>(entity.listeners());
    listeners.add(listener);
    replace(entity, entity.measurements(), listeners);
  }

  private Entity entity(EntityId id) {
    return Optional.ofNullable(entities.get(id)).orElseThrow();
  }

  private void replace(
      Entity entity, Map<String, Measurement> measurements, Set<Listener> listeners) {
    entities.put(
        entity.id(),
        new Entity(
            entity.id(),
            entity.attributes(),
            entity.relations(),
            measurements,
            listeners,
            entity.firstSeen(),
            entity.stale()));
  }

  public EdgeKey connect(EntityId client, EntityId server, int port, long active) {
    EdgeKey key = new EdgeKey(client, server, Transport.TCP, port);
    put(key, active, new Traffic(active, 0, 0, 1000, 500, 0), Traffic.NONE, Map.of());
    return key;
  }

  public void put(
      EdgeKey key, long active, Traffic totals, Traffic rates, Map<String, Double> failures) {
    put(key, active, totals, rates, failures, Set.of());
  }

  /// Connections of which the client called the server by virtual addresses.
  public void callBy(EdgeKey key, VirtualAddress... virtualAddresses) {
    put(
        key,
        1,
        new Traffic(1, 0, 0, 1000, 500, 0),
        Traffic.NONE,
        Map.of(),
        Set.of(virtualAddresses));
  }

  private void put(
      EdgeKey key,
      long active,
      Traffic totals,
      Traffic rates,
      Map<String, Double> failures,
      Set<VirtualAddress> virtualAddresses) {
    entities.computeIfAbsent(key.client(), id -> Entity.bare(id, START));
    entities.computeIfAbsent(key.server(), id -> Entity.bare(id, START));
    edges.put(
        key,
        new Edge(
            key,
            "",
            active,
            totals,
            rates,
            failures,
            0.001,
            Pairing.EXACT,
            Set.of("probe"),
            virtualAddresses,
            START,
            false));
  }

  public void disconnect(EdgeKey key) {
    edges.remove(key);
  }

  public void limit(Coverage limit) {
    coverage.put(limit.key(), limit);
  }

  /// Publishes the changes since the last time.
  public GraphSnapshot publish() {
    GraphSnapshot next = next();
    publisher.publish(GraphDelta.between(published, next));
    published = next;
    return next;
  }

  /// Publishes everything, as a processor does that has just started.
  public GraphSnapshot publishAnew() {
    GraphSnapshot next = next();
    publisher.publish(GraphDelta.between(GraphSnapshot.EMPTY, next));
    published = next;
    return next;
  }

  private GraphSnapshot next() {
    long number = published.revision().number() + 1;
    return new GraphSnapshot(
        new Revision(epoch, number),
        START.plusSeconds(number),
        HashTreePMap.from(entities),
        HashTreePMap.from(edges),
        HashTreePMap.from(coverage));
  }
}
