package dev.otelscope.views;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Revision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;

/// What every view must hold to. A definition's test extends this; the repetition is the seed.
public abstract class ViewDefinitionContract {
  private static final int STEPS = 40;

  protected abstract ViewDefinition definition();

  private ViewState newState() {
    return new ViewState(definition(), new Outside(ExternalService.DEFAULTS));
  }

  @Test
  void itsIdFitsIntoAUrl() {
    assertThat(definition().id()).matches("[a-z]+(-[a-z]+)*");
    assertThat(definition().label()).isNotBlank();
    assertThat(definition().options()).doesNotHaveDuplicates();
  }

  @RepeatedTest(25)
  void followingEveryChangeIsAsGoodAsBeginningAnew(RepetitionInfo repetition) {
    RandomGraph world = new RandomGraph(repetition.getCurrentRepetition());
    ViewState followed = newState();
    List<Selection> selections = everySelector().stream().map(followed::select).toList();
    Map<Selection, ViewSnapshot> held = new HashMap<>();
    selections.forEach(selection -> held.put(selection, selection.snapshot()));

    GraphSnapshot before = GraphSnapshot.EMPTY;
    for (int step = 0; step < STEPS; step++) {
      GraphSnapshot next = world.next();
      followed.apply(GraphDelta.between(before, next), next);
      before = next;

      ViewState fresh = newState();
      fresh.apply(GraphDelta.between(GraphSnapshot.EMPTY, next), next);
      for (Selection selection : selections) {
        ViewSnapshot old = requireNonNull(held.get(selection));
        ViewSnapshot now = selection.lastDelta().map(delta -> delta.applyTo(old)).orElse(old);
        held.put(selection, now);
        ViewSnapshot anew = fresh.select(selection.selector()).snapshot();
        String what = "step " + step + ", " + selection.selector();
        assertSame(selection.snapshot(), anew, what);
        assertSame(now, anew, what + ", by its deltas");
        assertThat(now.revision()).isEqualTo(selection.snapshot().revision());
      }
      assertEndsExist(selections);
    }
  }

  @RepeatedTest(30)
  void deltasCompose(RepetitionInfo repetition) {
    RandomGraph world = new RandomGraph(repetition.getCurrentRepetition());
    ViewState state = newState();
    Selection selection = state.select(Selector.defaultsOf(definition()));
    ViewSnapshot base = selection.snapshot();
    List<ViewDelta> deltas = new ArrayList<>();
    GraphSnapshot before = GraphSnapshot.EMPTY;
    for (int step = 0; step < STEPS; step++) {
      GraphSnapshot next = world.next();
      state.apply(GraphDelta.between(before, next), next);
      before = next;
      selection.lastDelta().ifPresent(deltas::add);
    }

    ViewDelta all = deltas.stream().reduce(ViewDelta::then).orElseThrow();
    assertSame(all.applyTo(base), selection.snapshot(), "composed");
    assertThat(all.nodes().update()).isEmpty();
    assertThat(all.nodes().remove()).isEmpty();
    assertThat(all.edges().update()).isEmpty();
  }

  @RepeatedTest(20)
  void anotherEpochReplacesEverything(RepetitionInfo repetition) {
    GraphSnapshot first = new RandomGraph(repetition.getCurrentRepetition()).next();
    GraphSnapshot other = new RandomGraph(-repetition.getCurrentRepetition()).next();
    GraphSnapshot second =
        new GraphSnapshot(
            new Revision("another", 1),
            other.time(),
            other.entities(),
            other.edges(),
            other.coverage());
    ViewState state = newState();
    Selection selection = state.select(Selector.defaultsOf(definition()));
    state.apply(GraphDelta.between(GraphSnapshot.EMPTY, first), first);
    state.apply(GraphDelta.between(GraphSnapshot.EMPTY, second), second);

    ViewState fresh = newState();
    fresh.apply(GraphDelta.between(GraphSnapshot.EMPTY, second), second);
    assertSame(selection.snapshot(), fresh.select(selection.selector()).snapshot(), "second epoch");
  }

  /// Flows split at random over two graphs that know the same entities, as two processors would.
  @RepeatedTest(40)
  void viewsOfDisjointFlowsAddUp(RepetitionInfo repetition) {
    RandomGraph world = new RandomGraph(repetition.getCurrentRepetition());
    GraphSnapshot whole = world.next();
    for (int step = 0; step < STEPS; step++) {
      whole = world.next();
    }
    Map<EdgeKey, Edge> left = new HashMap<>();
    Map<EdgeKey, Edge> right = new HashMap<>();
    whole.edges().forEach((key, edge) -> (key.hashCode() % 2 == 0 ? left : right).put(key, edge));

    ViewState all = stateOf(whole);
    ViewState one = stateOf(withEdges(whole, left));
    ViewState other = stateOf(withEdges(whole, right));

    for (EdgeId id : edgesOf(all)) {
      EdgeSum sum = new EdgeSum();
      one.partsOf(id).forEach(sum::add);
      other.partsOf(id).forEach(sum::add);
      assertThat(sum.between(id)).isEqualTo(all.edge(id).orElseThrow());
    }
    Set<EdgeId> united = new HashSet<>(edgesOf(one));
    united.addAll(edgesOf(other));
    assertThat(united).isEqualTo(edgesOf(all));
  }

  private ViewState stateOf(GraphSnapshot graph) {
    ViewState state = newState();
    state.apply(GraphDelta.between(GraphSnapshot.EMPTY, graph), graph);
    return state;
  }

  private static GraphSnapshot withEdges(GraphSnapshot graph, Map<EdgeKey, Edge> edges) {
    return new GraphSnapshot(
        graph.revision(),
        graph.time(),
        graph.entities(),
        HashTreePMap.from(edges),
        graph.coverage());
  }

  private static Set<EdgeId> edgesOf(ViewState state) {
    Set<EdgeId> edges = new HashSet<>();
    for (EntityId entity : state.graph().entities().keySet()) {
      state.nodesOf(entity).forEach(node -> edges.addAll(state.edgesAt(node)));
    }
    return edges;
  }

  private List<Selector> everySelector() {
    List<Map<ViewOption, String>> choices = new ArrayList<>();
    choices.add(Map.of());
    for (ViewOption option : definition().options()) {
      List<Map<ViewOption, String>> more = new ArrayList<>();
      for (Map<ViewOption, String> chosen : choices) {
        for (ViewOption.Value value : option.allowed()) {
          Map<ViewOption, String> with = new EnumMap<>(ViewOption.class);
          with.putAll(chosen);
          with.put(option, value.value());
          more.add(with);
        }
      }
      choices = more;
    }
    List<Selector> selectors = new ArrayList<>();
    for (Map<ViewOption, String> chosen : choices) {
      selectors.add(Selector.of(definition(), chosen, "", 1000));
      selectors.add(Selector.of(definition(), chosen, "N", 1000));
      selectors.add(Selector.of(definition(), chosen, "", 3));
    }
    return selectors;
  }

  private static void assertSame(ViewSnapshot actual, ViewSnapshot expected, String what) {
    assertThat(actual.nodes()).as(what).isEqualTo(expected.nodes());
    assertThat(actual.edges()).as(what).isEqualTo(expected.edges());
    assertThat(actual.hidden()).as(what).isEqualTo(expected.hidden());
    assertThat(actual.coverage()).as(what).isEqualTo(expected.coverage());
  }

  private static void assertEndsExist(List<Selection> selections) {
    for (Selection selection : selections) {
      ViewSnapshot snapshot = selection.snapshot();
      assertThat(snapshot.nodes()).hasSizeLessThanOrEqualTo(selection.selector().limit());
      for (EdgeId edge : snapshot.edges().keySet()) {
        assertThat(snapshot.nodes()).containsKeys(edge.source(), edge.target());
      }
    }
  }
}
