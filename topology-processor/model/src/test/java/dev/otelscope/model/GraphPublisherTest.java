package dev.otelscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GraphPublisherTest {
  private final GraphPublisher publisher = new GraphPublisher();

  /// What a consumer holds that only ever applies deltas.
  private static final class Follower implements GraphSubscriber {
    private final List<Revision> revisions = new ArrayList<>();
    private GraphSnapshot held = GraphSnapshot.EMPTY;

    @Override
    public void onChange(GraphDelta delta, GraphSnapshot snapshot) {
      held = delta.applyTo(delta.base().equals(Revision.NONE) ? GraphSnapshot.EMPTY : held);
      revisions.add(delta.next());
      assertThat(held).isEqualTo(snapshot);
    }
  }

  @RepeatedTest(50)
  void whoeverSubscribesWhenEverHoldsTheCurrentGraph(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Follower> followers = new ArrayList<>();
    for (long number = 1; number <= 10; number++) {
      publish(Graphs.any(random, "a", number));
      Follower follower = new Follower();
      publisher.subscribe(follower);
      followers.add(follower);
    }
    publish(Graphs.any(random, "a", 11));

    assertThat(followers).allMatch(follower -> follower.held.equals(publisher.current()));
  }

  @Test
  void beforeTheFirstRevisionNothingIsTold() {
    Follower follower = new Follower();
    publisher.subscribe(follower);

    assertThat(publisher.current()).isSameAs(GraphSnapshot.EMPTY);
    assertThat(follower.revisions).isEmpty();
  }

  @Test
  void afterClosingNothingIsTold() {
    Follower follower = new Follower();
    publisher.subscribe(follower).close();
    publish(Graphs.any(new Random(1), "a", 1));

    assertThat(follower.revisions).isEmpty();
  }

  @Test
  void aDeltaFromNothingReplacesEverything() {
    Follower follower = new Follower();
    publisher.subscribe(follower);
    publish(Graphs.any(new Random(1), "a", 5));
    GraphSnapshot restarted = Graphs.any(new Random(2), "b", 1);
    publisher.publish(GraphDelta.between(GraphSnapshot.EMPTY, restarted));

    assertThat(publisher.current()).isEqualTo(restarted);
    assertThat(follower.held).isEqualTo(restarted);
  }

  @Test
  void aDeltaThatDoesNotFollowIsRefused() {
    publish(Graphs.any(new Random(1), "a", 1));
    GraphSnapshot current = publisher.current();
    GraphDelta other =
        GraphDelta.between(Graphs.any(new Random(2), "a", 2), Graphs.any(new Random(3), "a", 3));

    assertThatThrownBy(() -> publisher.publish(other)).isInstanceOf(IllegalArgumentException.class);
    assertThat(publisher.current()).isSameAs(current);
  }

  @Test
  void noRevisionIsMissedOrTwiceWhenSubscribingDuringPublishing() throws InterruptedException {
    int revisions = 300;
    List<Follower> followers = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread publishing =
        Thread.ofPlatform()
            .start(() -> {
              Random random = new Random(4);
              for (long number = 1; number <= revisions; number++) {
                publish(Graphs.any(random, "a", number));
                begun.countDown();
              }
            });
    begun.await();
    while (publishing.isAlive() && followers.size() < 100) {
      Follower follower = new Follower();
      publisher.subscribe(follower);
      followers.add(follower);
    }
    publishing.join();

    for (Follower follower : followers) {
      assertThat(follower.held).isEqualTo(publisher.current());
      assertThat(follower.revisions.stream().map(Revision::number))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  private void publish(GraphSnapshot next) {
    publisher.publish(GraphDelta.between(publisher.current(), next));
  }
}
