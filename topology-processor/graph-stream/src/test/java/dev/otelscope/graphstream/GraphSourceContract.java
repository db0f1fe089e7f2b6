package dev.otelscope.graphstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.GraphSource;
import dev.otelscope.model.GraphSource.Subscription;
import dev.otelscope.model.GraphSubscriber;
import dev.otelscope.model.Revision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What everyone who follows a graph relies on, wherever it comes from.
abstract class GraphSourceContract {
  final GraphPublisher publisher = new GraphPublisher();
  final RandomGraphs graphs = new RandomGraphs(getClass().getSimpleName().hashCode());

  /// The source that gives what `publisher` publishes.
  abstract GraphSource source();

  @Test
  void isEmptyBeforeThereWasAGraph() {
    Follower follower = new Follower();
    source().subscribe(follower);

    assertThat(source().current()).isEqualTo(GraphSnapshot.EMPTY);
    assertThat(follower.deltas).isEmpty();
  }

  @Test
  void tellsEveryChangeInOrder() {
    Follower follower = new Follower();
    source().subscribe(follower);

    for (int i = 0; i < 20; i++) {
      publish("k3x9");
    }

    follower.awaitGraph(publisher.current());
  }

  @Test
  void aNewcomerFirstReceivesWhatIsThere() {
    publish("k3x9");
    publish("k3x9");
    awaitCurrent();

    Follower follower = new Follower();
    source().subscribe(follower);

    assertThat(follower.deltas).hasSize(1);
    assertThat(follower.deltas.get(0).base()).isEqualTo(Revision.NONE);
    follower.awaitGraph(publisher.current());
  }

  @Test
  void aFreshGraphReplacesEverything() {
    Follower follower = new Follower();
    source().subscribe(follower);
    publish("k3x9");
    follower.awaitGraph(publisher.current());

    publisher.publish(graphs.after(GraphSnapshot.EMPTY, "p7q2", 5));

    follower.awaitGraph(publisher.current());
  }

  @Test
  void whoLeftIsToldNothingMore() {
    Follower staying = new Follower();
    Follower leaving = new Follower();
    source().subscribe(staying);
    Subscription subscription = source().subscribe(leaving);
    publish("k3x9");
    leaving.awaitGraph(publisher.current());
    int heard = leaving.deltas.size();

    subscription.close();
    publish("k3x9");

    staying.awaitGraph(publisher.current());
    assertThat(leaving.deltas).hasSize(heard);
  }

  final void publish(String epoch) {
    publisher.publish(graphs.after(publisher.current(), epoch, 10));
  }

  final void awaitCurrent() {
    await().untilAsserted(() -> assertThat(source().current()).isEqualTo(publisher.current()));
  }

  /// Keeps its own copy of the graph from deltas alone, as every consumer does.
  static final class Follower implements GraphSubscriber {
    final List<GraphDelta> deltas = new CopyOnWriteArrayList<>();
    private volatile GraphSnapshot graph = GraphSnapshot.EMPTY;
    private volatile boolean consistent = true;

    @Override
    public void onChange(GraphDelta delta, GraphSnapshot snapshot) {
      GraphSnapshot base = delta.base().equals(Revision.NONE) ? GraphSnapshot.EMPTY : graph;
      graph = delta.applyTo(base);
      consistent &= graph.equals(snapshot);
      deltas.add(delta);
    }

    void awaitGraph(GraphSnapshot expected) {
      await().untilAsserted(() -> assertThat(graph).isEqualTo(expected));
      assertThat(consistent).as("each snapshot is what its delta leads to").isTrue();
    }
  }
}
