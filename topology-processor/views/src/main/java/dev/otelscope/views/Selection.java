package dev.otelscope.views;

import dev.otelscope.model.Coverage;
import dev.otelscope.model.EntityId;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// What remains of a view under one choice of options, kept current with its [ViewState]. One is
/// shared by all viewers who chose the same. Belongs to the owner of the state; not thread-safe.
public final class Selection {
  /*
   * A node is judged in this order, and is counted under the first reason that hides it:
   *   system, pseudo   by what it is
   *   stopped          it does not run, and has no edge to a node that passed so far
   *   unconnected      it runs, and has no such edge, nor one to itself
   *   q                it does not contain the words
   *   limit            others have more edges
   * A pseudo node without such an edge is not shown and not counted: it stands for nothing but the
   * other end of what is hidden.
   *
   * Cost: each step looks only at nodes and edges that changed, and at the neighbours of nodes that
   * now pass and did not, or the other way round. Degrees are counted up and down, never anew.
   */

  private enum Standing {
    SYSTEM,
    PSEUDO,
    STOPPED,
    UNCONNECTED,
    ALONE,
    UNMATCHED,
    WANTED
  }

  private final ViewState state;
  private final Selector selector;
  private final Map<EntityId, Standing> standings = new HashMap<>();
  private final Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
  private final Set<EntityId> passing = new HashSet<>();
  private final Set<EdgeId> counted = new HashSet<>();
  private final Map<EntityId, Integer> degrees = new HashMap<>();
  private final TopNodes top;
  private PMap<EntityId, ViewNode> nodes = HashTreePMap.empty();
  private PMap<EdgeId, ViewEdge> edges = HashTreePMap.empty();
  private PMap<String, Coverage> coverage = HashTreePMap.empty();
  private ViewSnapshot snapshot = ViewSnapshot.EMPTY;
  private @Nullable ViewDelta lastDelta;

  Selection(ViewState state, Selector selector) {
    this.state = state;
    this.selector = selector;
    this.top = new TopNodes(selector.limit());
  }

  public Selector selector() {
    return selector;
  }

  public ViewSnapshot snapshot() {
    return snapshot;
  }

  /// What the last change of the state changed here; empty when that was nothing.
  public Optional<ViewDelta> lastDelta() {
    return Optional.ofNullable(lastDelta);
  }

  void follow(ViewChange change) {
    Set<EdgeId> touchedEdges = new HashSet<>(change.edges());
    change.nodes().forEach(id -> pass(id, touchedEdges));
    Set<EntityId> touchedNodes = new HashSet<>(change.nodes());
    touchedEdges.forEach(id -> count(id, touchedNodes));
    touchedNodes.forEach(this::judge);
    top.settle(touchedNodes);
    publish(touchedNodes, touchedEdges);
  }

  /// Finds out whether a node may be seen for what it is; if that changed, its edges are looked at.
  private void pass(EntityId id, Set<EdgeId> touchedEdges) {
    boolean passes = state.node(id).filter(this::passes).isPresent();
    if (passes ? passing.add(id) : passing.remove(id)) {
      touchedEdges.addAll(state.edgesAt(id));
    }
  }

  private boolean passes(ViewNode node) {
    return !hiddenAsSystem(node) && !hiddenAsPseudo(node);
  }

  private boolean hiddenAsSystem(ViewNode node) {
    return !node.pseudo()
        && (node.system()
            ? selector.chose(ViewOption.SYSTEM, "hide")
            : selector.chose(ViewOption.SYSTEM, "only"));
  }

  private boolean hiddenAsPseudo(ViewNode node) {
    return selector.chose(ViewOption.PSEUDO, "hide") && Outside.canBeHidden(node);
  }

  private void count(EdgeId id, Set<EntityId> touchedNodes) {
    boolean counts =
        !id.isLoop()
            && state.edge(id).isPresent()
            && passing.contains(id.source())
            && passing.contains(id.target());
    if (counts ? counted.add(id) : counted.remove(id)) {
      for (EntityId end : List.of(id.source(), id.target())) {
        degrees.merge(end, counts ? 1 : -1, Selection::sumOrNone);
        touchedNodes.add(end);
      }
    }
  }

  private static @Nullable Integer sumOrNone(Integer before, Integer more) {
    int sum = before + more;
    return sum == 0 ? null : sum;
  }

  private void judge(EntityId id) {
    @Nullable Standing now = state.node(id).map(this::standing).orElse(null);
    @Nullable Standing before = now == null ? standings.remove(id) : standings.put(id, now);
    if (before != null) {
      counts.merge(before, -1, Integer::sum);
    }
    if (now != null) {
      counts.merge(now, 1, Integer::sum);
    }
    if (now == Standing.WANTED) {
      top.put(id, degrees.getOrDefault(id, 0));
    } else {
      top.remove(id);
    }
  }

  private Standing standing(ViewNode node) {
    if (hiddenAsSystem(node)) {
      return Standing.SYSTEM;
    }
    if (hiddenAsPseudo(node)) {
      return Standing.PSEUDO;
    }
    if (!degrees.containsKey(node.id())) {
      if (node.pseudo()) {
        return Standing.ALONE;
      }
      if (!node.selfEdge() && hidesWithoutEdges(node)) {
        return node.isStopped() ? Standing.STOPPED : Standing.UNCONNECTED;
      }
    }
    return NodeText.contains(node, selector.words()) ? Standing.WANTED : Standing.UNMATCHED;
  }

  /// What is stopped never has connections for long, so only its own option decides about it.
  private boolean hidesWithoutEdges(ViewNode node) {
    return selector.chose(node.isStopped() ? ViewOption.STOPPED : ViewOption.UNCONNECTED, "hide");
  }

  private void publish(Set<EntityId> touchedNodes, Set<EdgeId> touchedEdges) {
    Changes.Recorder<EntityId, ViewNode> nodeChanges = new Changes.Recorder<>();
    for (EntityId id : touchedNodes) {
      boolean wasShown = nodes.containsKey(id);
      Optional<ViewNode> shown = state.node(id).filter(_ -> top.keeps(id));
      nodes =
          shown.isPresent()
              ? nodeChanges.put(nodes, id, shown.get())
              : nodeChanges.remove(nodes, id);
      if (wasShown != shown.isPresent()) {
        touchedEdges.addAll(state.edgesAt(id));
      }
    }
    Changes.Recorder<EdgeId, ViewEdge> edgeChanges = new Changes.Recorder<>();
    for (EdgeId id : touchedEdges) {
      Optional<ViewEdge> shown = state.edge(id).filter(_ -> isShown(id));
      edges =
          shown.isPresent()
              ? edgeChanges.put(edges, id, shown.get())
              : edgeChanges.remove(edges, id);
    }
    publish(nodeChanges.changes(), edgeChanges.changes());
  }

  private boolean isShown(EdgeId id) {
    return !id.isLoop() && nodes.containsKey(id.source()) && nodes.containsKey(id.target());
  }

  private void publish(
      Changes<EntityId, ViewNode> nodeChanges, Changes<EdgeId, ViewEdge> edgeChanges) {
    Map<String, Integer> hidden = hidden();
    PMap<String, Coverage> coverageNow = state.graph().coverage();
    boolean sameCoverage = coverageNow.equals(coverage);
    if (nodeChanges.isEmpty()
        && edgeChanges.isEmpty()
        && sameCoverage
        && hidden.equals(snapshot.hidden())) {
      lastDelta = null;
      return;
    }
    coverage = coverageNow;
    List<Coverage> listed = sameCoverage ? snapshot.coverage() : inOrder(coverageNow.values());
    ViewSnapshot next =
        new ViewSnapshot(
            state.graph().revision(), state.graph().time(), nodes, edges, hidden, listed);
    lastDelta =
        new ViewDelta(
            snapshot.revision(),
            next.revision(),
            next.time(),
            nodeChanges,
            edgeChanges,
            hidden,
            listed);
    snapshot = next;
  }

  private Map<String, Integer> hidden() {
    Map<String, Integer> hidden = new LinkedHashMap<>();
    for (ViewOption option : state.definition().options()) {
      hidden.put(option.id(), count(standingBy(option)));
    }
    if (!selector.words().isEmpty()) {
      hidden.put("q", count(Standing.UNMATCHED));
    }
    hidden.put("limit", top.leftOut());
    return hidden;
  }

  private static Standing standingBy(ViewOption option) {
    return switch (option) {
      case UNCONNECTED -> Standing.UNCONNECTED;
      case SYSTEM -> Standing.SYSTEM;
      case PSEUDO -> Standing.PSEUDO;
      case STOPPED -> Standing.STOPPED;
    };
  }

  private int count(Standing standing) {
    return counts.getOrDefault(standing, 0);
  }

  private static List<Coverage> inOrder(Collection<Coverage> coverage) {
    return coverage.stream()
        .sorted(Comparator.comparing(Coverage::severity).reversed().thenComparing(Coverage::key))
        .toList();
  }
}
