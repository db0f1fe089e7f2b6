package dev.otelscope.views;

import static java.util.Objects.requireNonNull;

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
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Revision;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pcollections.HashTreePMap;

/// Builds graphs in the order in which a test tells its story.
public final class TestGraph {
  public static final Instant START = Instant.parse("2026-11-22T14:00:00Z");

  private final Map<EntityId, Entity> entities = new HashMap<>();
  private final Map<EdgeKey, Edge> edges = new HashMap<>();
  private final Map<String, Coverage> coverage = new HashMap<>();
  private final String epoch;
  private long revision;
  private long states;

  public TestGraph() {
    this("test");
  }

  public TestGraph(String epoch) {
    this.epoch = epoch;
  }

  public static EntityId host(String id) {
    return EntityId.of(EntityType.HOST, id);
  }

  public static EntityId process(String host, int pid) {
    return EntityId.of(EntityType.PROCESS, host, Integer.toString(pid), "boot-" + pid);
  }

  public static EntityId container(String id) {
    return EntityId.of(EntityType.CONTAINER, id);
  }

  public static EntityId address(String ip) {
    return EntityId.of(EntityType.ADDRESS, EntityType.GLOBAL, ip);
  }

  public static EntityId unattributed(String host) {
    return EntityId.of(EntityType.UNATTRIBUTED, host, "4026531840");
  }

  public EntityId addHost(String id, String name, String... networks) {
    return put(
        host(id),
        Map.of(
            AttributeNames.HOST_NAME,
            AttributeValue.of(name),
            AttributeNames.HOST_NETWORKS,
            AttributeValue.of(List.of(networks))));
  }

  public EntityId addProcess(String host, int pid, String name) {
    return addProcess(host, pid, name, name);
  }

  public EntityId addProcess(String host, int pid, String name, String commandLine) {
    return put(
        process(host, pid),
        Map.of(
            AttributeNames.PROCESS_EXECUTABLE_NAME,
            AttributeValue.of(name),
            AttributeNames.PROCESS_COMMAND_LINE,
            AttributeValue.of(commandLine),
            AttributeNames.PROCESS_PID,
            AttributeValue.of(pid)));
  }

  /// An address that name servers call something.
  public EntityId addName(String ip, String name) {
    return put(address(ip), Map.of(AttributeNames.DNS_QUESTION_NAME, AttributeValue.of(name)));
  }

  /// @param attributes names and values in turn
  public EntityId addContainer(String host, String id, String... attributes) {
    Map<String, AttributeValue> said = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      said.put(attributes[i], AttributeValue.of(attributes[i + 1]));
    }
    return put(container(id), said, Map.of(Relation.RUNS_ON, host(host)));
  }

  /// A process of which only its name and its container are known.
  public EntityId addProcessIn(EntityId container, String host, int pid, String name) {
    return put(
        process(host, pid),
        Map.of(
            AttributeNames.PROCESS_EXECUTABLE_NAME,
            AttributeValue.of(name),
            AttributeNames.CONTAINER_ID,
            AttributeValue.of(container.value(0))),
        Map.of(Relation.RUNS_ON, host(host), Relation.PART_OF, container));
  }

  public EntityId put(EntityId id, Map<String, AttributeValue> attributes) {
    return put(
        id,
        attributes,
        id.isOf(EntityType.PROCESS) ? Map.of(Relation.RUNS_ON, host(id.value(0))) : Map.of());
  }

  private EntityId put(
      EntityId id, Map<String, AttributeValue> attributes, Map<Relation, EntityId> relations) {
    put(new Entity(id, attributes, relations, Map.of(), Set.of(), START, false));
    return id;
  }

  public void put(Entity entity) {
    entities.put(entity.id(), entity);
  }

  public void put(Edge edge) {
    entities.computeIfAbsent(edge.key().client(), id -> Entity.bare(id, START));
    entities.computeIfAbsent(edge.key().server(), id -> Entity.bare(id, START));
    edges.put(edge.key(), edge);
  }

  public void put(Coverage limit) {
    coverage.put(limit.key(), limit);
  }

  public void measure(EntityId id, String metric, double value, double rate) {
    measure(id, new Measurement(metric, Map.of(), "1", value, rate, START));
  }

  /// A container's state from now on.
  public void state(EntityId container, String state) {
    measure(
        container,
        new Measurement(
            MetricNames.CONTAINER_STATE,
            Map.of(AttributeNames.STATE, state),
            "1",
            1,
            Double.NaN,
            START.plusSeconds(states++)));
  }

  private void measure(EntityId id, Measurement measurement) {
    Entity entity = requireNonNull(entities.get(id), id.toString());
    Map<String, Measurement> measurements = new HashMap<>(entity.measurements());
    measurements.put(measurement.key(), measurement);
    put(
        new Entity(
            id,
            entity.attributes(),
            entity.relations(),
            measurements,
            entity.listeners(),
            entity.firstSeen(),
            entity.stale()));
  }

  /// A TCP connection that is open.
  public EdgeKey connect(EntityId client, EntityId server, int port) {
    return connect(client, server, port, 1);
  }

  public EdgeKey connect(EntityId client, EntityId server, int port, long active) {
    EdgeKey key = new EdgeKey(client, server, Transport.TCP, port);
    Traffic totals = new Traffic(active, 0, 0, 100, 50, 0);
    put(edge(key, active, totals, Traffic.NONE, 0.001, Pairing.EXACT, "probe"));
    return key;
  }

  public static Edge edge(
      EdgeKey key,
      long active,
      Traffic totals,
      Traffic rates,
      double rtt,
      Pairing pairing,
      String source) {
    return new Edge(
        key,
        "",
        active,
        totals,
        rates,
        totals.failed() == 0 ? Map.of() : Map.of("refused", totals.failed()),
        rtt,
        pairing,
        Set.of(source),
        Set.of(),
        START,
        false);
  }

  public void disconnect(EdgeKey key) {
    edges.remove(key);
  }

  /// Removes an entity with all its connections.
  public void remove(EntityId id) {
    entities.remove(id);
    edges.keySet().removeIf(key -> key.client().equals(id) || key.server().equals(id));
  }

  public Map<EntityId, Entity> entities() {
    return entities;
  }

  public Map<EdgeKey, Edge> edges() {
    return edges;
  }

  /// The graph as it is now, as the next revision.
  public GraphSnapshot snapshot() {
    revision++;
    return new GraphSnapshot(
        new Revision(epoch, revision),
        START.plusSeconds(revision),
        HashTreePMap.from(entities),
        HashTreePMap.from(edges),
        HashTreePMap.from(coverage));
  }

  /// What leads from `base` to the graph as it is now.
  public GraphDelta deltaFrom(GraphSnapshot base) {
    return GraphDelta.between(base, snapshot());
  }
}
