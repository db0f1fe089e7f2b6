package dev.otelscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Law 1: `snapshot.apply(delta(a, b)) = b`; deltas compose; `delta(a, a)` is empty.
class GraphDeltaTest {

  @RepeatedTest(200)
  void aDeltaLeadsFromItsBaseToItsResult(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    GraphSnapshot before = Graphs.any(random, "a", 1);
    GraphSnapshot after = Graphs.any(random, "a", 2);

    assertThat(GraphDelta.between(before, after).applyTo(before)).isEqualTo(after);
  }

  @RepeatedTest(200)
  void deltasCompose(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    GraphSnapshot first = Graphs.any(random, "a", 1);
    GraphSnapshot second = Graphs.any(random, "a", 2);
    GraphSnapshot third = Graphs.any(random, "a", 3);

    GraphDelta both = GraphDelta.between(first, second).then(GraphDelta.between(second, third));

    assertThat(both.applyTo(first)).isEqualTo(third);
    assertThat(both.base()).isEqualTo(first.revision());
    assertThat(both.next()).isEqualTo(third.revision());
  }

  @RepeatedTest(50)
  void compositionIsAssociative(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    GraphSnapshot first = Graphs.any(random, "a", 1);
    GraphDelta one = GraphDelta.between(first, Graphs.any(random, "a", 2));
    GraphDelta two = GraphDelta.between(one.applyTo(first), Graphs.any(random, "a", 3));
    GraphSnapshot third = two.applyTo(one.applyTo(first));
    GraphDelta three = GraphDelta.between(third, Graphs.any(random, "a", 4));

    assertThat(one.then(two).then(three).applyTo(first))
        .isEqualTo(one.then(two.then(three)).applyTo(first));
  }

  @RepeatedTest(50)
  void nothingChangedIsTheEmptyDelta(RepetitionInfo repetition) {
    GraphSnapshot graph = Graphs.any(new Random(repetition.getCurrentRepetition()), "a", 1);

    assertThat(GraphDelta.between(graph, graph).isEmpty()).isTrue();
  }

  @RepeatedTest(50)
  void theDeltaFromNothingIsTheWholeGraph(RepetitionInfo repetition) {
    GraphSnapshot graph = Graphs.any(new Random(repetition.getCurrentRepetition()), "a", 7);
    GraphDelta delta = GraphDelta.between(GraphSnapshot.EMPTY, graph);

    assertThat(delta.base()).isEqualTo(Revision.NONE);
    assertThat(delta.applyTo(GraphSnapshot.EMPTY)).isEqualTo(graph);
  }

  @Test
  void aDeltaAppliesToItsBaseOnly() {
    GraphSnapshot one = Graphs.any(new Random(1), "a", 1);
    GraphSnapshot two = Graphs.any(new Random(2), "a", 2);
    GraphDelta delta = GraphDelta.between(one, two);

    assertThatThrownBy(() -> delta.applyTo(two)).hasMessageContaining("a:1");
    assertThatThrownBy(() -> delta.then(delta)).hasMessageContaining("does not follow");
  }
}
