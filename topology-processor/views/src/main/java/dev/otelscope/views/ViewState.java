package dev.otelscope.views;

import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A whole view, nothing hidden, kept current from the graph's deltas. What viewers see are the
/// [Selection]s made from it.
///
/// After any sequence of deltas it is equal to one that was given the last snapshot at once. A
/// delta costs as much as it changes, whatever the size of the graph. Not thread-safe.
public final class ViewState {
  /*
   * Layout, for the view of processes
   *   spots    process~a~1~x         -> its node, as client and as server
   *            address~global~…      -> internet-in as client, internet-out as server
   *   links    a -> b, tcp, 5432     -> the view's edge that it is part of        (primary)
   *   linksOf  process~a~1~x         -> the graph's edges that begin or end there (derived)
   *   nodes    node                  -> members, edges, how it is drawn           (derived)
   *   edges    node!node             -> the graph's edges it is made of, sum      (derived)
   *
   * One delta
   *   1. edges that are gone are unlinked
   *   2. entities are placed again; where one now is elsewhere, its links are moved
   *   3. edges that are new or changed are linked
   *   4. what was touched is drawn again, and told to the selections if it looks different
   *   A host's name is written on everything that is on it, its networks decide which addresses are
   *   the Internet, and what a container says of itself decides where its parts are: only when one of
   *   these changes, others than the entities of the delta are placed again.
   */

  private final ViewDefinition definition;
  private final Outside outside;
  private final Surroundings surroundings = new Surroundings();
  private final Hosts hosts = surroundings.hosts();
  private final Map<EntityId, Spot> spots = new HashMap<>();
  private final Map<EdgeKey, EdgeId> links = new HashMap<>();
  private final Map<EntityId, Set<EdgeKey>> linksOf = new HashMap<>();
  private final Map<EntityId, NodeCell> nodes = new HashMap<>();
  private final Map<EdgeId, EdgeCell> edges = new HashMap<>();
  private final Map<String, Set<EntityId>> byHost = new HashMap<>();
  private final Set<EntityId> addresses = new HashSet<>();
  private final List<Selection> selections = new ArrayList<>();
  private final Set<EntityId> touchedNodes = new HashSet<>();
  private final Set<EdgeId> touchedEdges = new HashSet<>();
  private GraphSnapshot graph = GraphSnapshot.EMPTY;

  public ViewState(ViewDefinition definition, Outside outside) {
    this.definition = definition;
    this.outside = outside;
  }

  public ViewDefinition definition() {
    return definition;
  }

  /// The graph that this shows.
  public GraphSnapshot graph() {
    return graph;
  }

  /// Goes on to the next snapshot, and all selections with it.
  ///
  /// @param delta what leads to `next`; when it does not start from the graph that is shown (a
  ///   restarted processor), the difference is found by a walk over both
  public void apply(GraphDelta delta, GraphSnapshot next) {
    boolean follows = delta.base().equals(graph.revision()) && !delta.base().equals(Revision.NONE);
    follow(follows ? delta : GraphDelta.between(graph, next), next);
  }

  private void follow(GraphDelta delta, GraphSnapshot next) {
    GraphSnapshot before = graph;
    graph = next;
    delta.removedEdges().forEach(this::unlink);
    Set<EntityId> affected = new HashSet<>();
    delta.removedEntities().forEach(id -> remove(id, before, affected));
    delta.entities().forEach(entity -> learn(entity, before, affected));
    delta.entities().forEach(entity -> affected.add(entity.id()));
    affected.forEach(this::place);
    delta.edges().forEach(this::link);
    ViewChange change = redraw();
    selections.forEach(selection -> selection.follow(change));
  }

  /// What a viewer who chose this sees, from now on kept current with this state.
  public Selection select(Selector selector) {
    Selection selection = new Selection(this, selector);
    selections.add(selection);
    selection.follow(new ViewChange(Set.copyOf(nodes.keySet()), Set.copyOf(edges.keySet())));
    return selection;
  }

  /// Forgets a selection that nobody looks at any more.
  public void drop(Selection selection) {
    selections.remove(selection);
  }

  public Optional<ViewNode> node(EntityId id) {
    NodeCell cell = nodes.get(id);
    return cell == null ? Optional.empty() : Optional.ofNullable(cell.drawn);
  }

  /// Whether there is no node in it, whatever the options.
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /// Whether a node in it stands for entities of ours, whatever the options.
  public boolean hasOwnNodes() {
    return nodes.keySet().stream().anyMatch(node -> !node.isOf(Outside.PSEUDO));
  }

  /// The entities that a node stands for; of a pseudo node, those whose connections end there.
  public Collection<Entity> entitiesOf(EntityId node) {
    NodeCell cell = nodes.get(node);
    if (cell == null) {
      return List.of();
    }
    return cell.members.isEmpty()
        ? cell.ends().stream().sorted().flatMap(id -> entity(id).stream()).toList()
        : cell.members.entities();
  }

  /// The entities that are on a host.
  public Collection<Entity> entitiesOn(String hostId) {
    return byHost.getOrDefault(hostId, Set.of()).stream()
        .sorted()
        .flatMap(id -> entity(id).stream())
        .toList();
  }

  /// The nodes at which an entity's connections end: one, for an Internet address as client and as
  /// server two, none when it is not in the graph.
  public Set<EntityId> nodesOf(EntityId entity) {
    Spot spot = spots.get(entity);
    if (spot == null) {
      return Set.of();
    }
    return spot.asClient().equals(spot.asServer())
        ? Set.of(spot.asClient())
        : Set.of(spot.asClient(), spot.asServer());
  }

  /// The edges that begin or end at a node; `source` is `target` for the one to itself.
  public Collection<EdgeId> edgesAt(EntityId node) {
    NodeCell cell = nodes.get(node);
    return cell == null ? List.of() : List.copyOf(cell.edges);
  }

  public Optional<ViewEdge> edge(EdgeId id) {
    EdgeCell cell = edges.get(id);
    return cell == null ? Optional.empty() : Optional.ofNullable(cell.drawn);
  }

  /// The graph's edges that an edge of this view is made of.
  public Collection<Edge> partsOf(EdgeId id) {
    EdgeCell cell = edges.get(id);
    return cell == null ? List.of() : List.copyOf(cell.parts.values());
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  private Optional<Entity> entity(EntityId id) {
    return Optional.ofNullable(graph.entities().get(id));
  }

  /// Takes note of what others than the entity itself depend on.
  private void learn(Entity entity, GraphSnapshot before, Set<EntityId> affected) {
    EntityId id = entity.id();
    @Nullable Entity known = before.entities().get(id);
    surroundings.replace(known, entity);
    if (id.isOf(EntityType.CONTAINER) && !saysTheSame(known, entity)) {
      affected.addAll(surroundings.partsOf(id));
    }
    leaveHost(known);
    byHost.computeIfAbsent(Hosts.hostOf(entity), _ -> new HashSet<>()).add(id);
    if (id.isOf(EntityType.ADDRESS)) {
      addresses.add(id);
    } else if (id.isOf(EntityType.HOST)) {
      spread(id, hosts.put(entity), affected);
    }
  }

  private void remove(EntityId id, GraphSnapshot before, Set<EntityId> affected) {
    addresses.remove(id);
    if (id.isOf(EntityType.HOST)) {
      spread(id, hosts.remove(id), affected);
    }
    surroundings.replace(before.entities().get(id), null);
    affected.addAll(surroundings.partsOf(id));
    leaveHost(before.entities().get(id));
    affected.add(id);
  }

  private static boolean saysTheSame(@Nullable Entity before, Entity now) {
    return before != null
        && before.attributes().equals(now.attributes())
        && before.relations().equals(now.relations());
  }

  private void leaveHost(@Nullable Entity entity) {
    if (entity != null) {
      byHost.computeIfPresent(
          Hosts.hostOf(entity),
          (_, there) -> {
            there.remove(entity.id());
            return there.isEmpty() ? null : there;
          });
    }
  }

  private void spread(EntityId host, Hosts.Change change, Set<EntityId> affected) {
    if (change.renamed()) {
      affected.addAll(byHost.getOrDefault(host.value(0), Set.of()));
    }
    if (change.moved()) {
      affected.addAll(addresses);
    }
  }

  private void place(EntityId id) {
    Spot before = spots.get(id);
    Entity entity = graph.entities().get(id);
    if (entity == null) {
      List.copyOf(linksOf.getOrDefault(id, Set.of())).forEach(this::unlink);
      if (before != null) {
        leave(id, before);
        spots.remove(id);
      }
      return;
    }
    Spot now = spotOf(entity);
    if (before != null && !before.equals(now)) {
      leave(id, before);
    }
    spots.put(id, now);
    if (now.member()) {
      cell(now.asClient()).members.put(entity);
    }
    touchedNodes.add(now.asClient());
    touchedNodes.add(now.asServer());
    if (!now.equals(before)) {
      List.copyOf(linksOf.getOrDefault(id, Set.of())).forEach(this::relink);
    }
  }

  private void leave(EntityId entity, Spot spot) {
    NodeCell cell = nodes.get(spot.asClient());
    if (spot.member() && cell != null) {
      cell.members.remove(entity);
    }
    touchedNodes.add(spot.asClient());
    touchedNodes.add(spot.asServer());
  }

  private Spot spotOf(Entity entity) {
    return switch (definition.place(entity, surroundings)) {
      case Place.Member(EntityId node) -> Spot.member(node);
      case Place.Through(EntityId node) -> Spot.outside(node);
      case Place.Elsewhere() -> outside.place(entity, hosts);
    };
  }

  private void relink(EdgeKey key) {
    Edge edge = graph.edges().get(key);
    if (edge != null) {
      link(edge);
    }
  }

  private void link(Edge edge) {
    EdgeKey key = edge.key();
    Spot client = spots.get(key.client());
    Spot server = spots.get(key.server());
    if (client == null || server == null) {
      unlink(key); // its ends come later in the same delta, and are linked then
      return;
    }
    EdgeId id = new EdgeId(client.asClient(), server.asServer());
    EdgeId before = links.get(key);
    if (!id.equals(before)) {
      unlink(key);
      links.put(key, id);
      linksOf.computeIfAbsent(key.client(), _ -> new HashSet<>()).add(key);
      linksOf.computeIfAbsent(key.server(), _ -> new HashSet<>()).add(key);
      attach(id.source(), id, key.client());
      attach(id.target(), id, key.server());
    }
    edges.computeIfAbsent(id, EdgeCell::new).put(edge);
    touchedEdges.add(id);
  }

  private void attach(EntityId node, EdgeId edge, EntityId end) {
    NodeCell cell = cell(node);
    cell.edges.add(edge);
    cell.addEnd(end);
    touchedNodes.add(node);
  }

  private void unlink(EdgeKey key) {
    EdgeId id = links.remove(key);
    if (id == null) {
      return;
    }
    forget(key.client(), key);
    forget(key.server(), key);
    EdgeCell edge = Objects.requireNonNull(edges.get(id));
    edge.remove(key);
    if (edge.isEmpty()) {
      edges.remove(id);
    }
    touchedEdges.add(id);
    detach(id.source(), id, key.client(), edge.isEmpty());
    detach(id.target(), id, key.server(), edge.isEmpty());
  }

  private void detach(EntityId node, EdgeId edge, EntityId end, boolean last) {
    NodeCell cell = cell(node);
    cell.removeEnd(end);
    if (last) {
      cell.edges.remove(edge);
    }
    touchedNodes.add(node);
  }

  private void forget(EntityId entity, EdgeKey key) {
    linksOf.computeIfPresent(
        entity,
        (_, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }

  private NodeCell cell(EntityId node) {
    return nodes.computeIfAbsent(node, NodeCell::new);
  }

  private ViewChange redraw() {
    Set<EntityId> changedNodes = new HashSet<>();
    for (EntityId id : touchedNodes) {
      NodeCell cell = nodes.get(id);
      if (cell != null && draw(cell)) {
        changedNodes.add(id);
      }
    }
    Set<EdgeId> changedEdges = new HashSet<>();
    for (EdgeId id : touchedEdges) {
      EdgeCell cell = edges.get(id);
      if (cell == null || draw(cell)) {
        changedEdges.add(id);
      }
    }
    touchedNodes.clear();
    touchedEdges.clear();
    return new ViewChange(changedNodes, changedEdges);
  }

  /// @return whether the node looks different from before, or is gone
  private boolean draw(NodeCell cell) {
    if (cell.isEmpty()) {
      nodes.remove(cell.id);
      return true;
    }
    ViewNode node =
        cell.id.isOf(Outside.PSEUDO)
            ? outside.draw(cell.id, cell.ends().size(), hosts, graph.entities())
            : definition.draw(cell.id, cell.members, surroundings);
    if (cell.edges.contains(new EdgeId(cell.id, cell.id))) {
      node = node.withSelfEdge();
    }
    @Nullable ViewNode before = cell.drawn;
    cell.drawn = node;
    return !node.equals(before);
  }

  private static boolean draw(EdgeCell cell) {
    ViewEdge edge = cell.draw();
    @Nullable ViewEdge before = cell.drawn;
    cell.drawn = edge;
    return !edge.equals(before);
  }
}
