package dev.otelscope.graphstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Revision;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History(3, 1_000);
  private final GraphPublisher publisher = new GraphPublisher();
  private final RandomGraphs graphs = new RandomGraphs(1);

  @Test
  void aReaderGoesOnAfterTheRevisionItHolds() throws Exception {
    follow(history);
    publish(3);

    History.Start start = history.start(new Revision("k3x9", 2));

    assertThat(start.everything()).isNull();
    assertThat(start.header().base()).isEqualTo(2);
    assertThat(decode(requireNonNull(history.await(start.position(), 0))).base())
        .isEqualTo(new Revision("k3x9", 2));
    assertThat(history.await(start.position() + 1, 0)).isNull();
  }

  @Test
  void aReaderThatIsUpToDateWaits() throws Exception {
    follow(history);
    publish(2);

    History.Start start = history.start(publisher.current().revision());

    assertThat(start.everything()).isNull();
    assertThat(history.await(start.position(), 0)).isNull();
  }

  @Test
  void anUnknownRevisionStartsFromEverything() throws Exception {
    follow(history);
    publish(2);

    History.Start start = history.start(new Revision("older", 2));

    assertThat(start.header().base()).isZero();
    assertThat(decode(requireNonNull(start.everything())).applyTo(GraphSnapshot.EMPTY))
        .isEqualTo(publisher.current());
  }

  @Test
  void allWhoStartAnewShareOneEncodingAndCatchUp() throws Exception {
    follow(history);
    publish(1);
    History.Start first = history.start(Revision.NONE);
    publish(2);
    History.Start second = history.start(Revision.NONE);

    assertThat(second.everything()).isSameAs(first.everything());
    GraphSnapshot graph = decode(requireNonNull(second.everything())).applyTo(GraphSnapshot.EMPTY);
    for (int i = 0; i < 2; i++) {
      graph = decode(requireNonNull(history.await(second.position() + i, 0))).applyTo(graph);
    }
    assertThat(graph).isEqualTo(publisher.current());
  }

  @Test
  void whoIsTooFarBehindHasLostIt() {
    follow(history);
    publish(1);
    History.Start start = history.start(publisher.current().revision());

    publish(4);

    assertThatThrownBy(() -> history.await(start.position(), 0))
        .isInstanceOf(History.LostException.class)
        .hasMessageContaining("4 revisions behind");
  }

  @Test
  void isBoundedByChangesToo() {
    History small = new History(1_000, 25);
    follow(small);
    publish(3);

    assertThat(small.start(new Revision("k3x9", 1)).header().base()).isZero();
    assertThat(small.start(new Revision("k3x9", 3)).header().base()).isEqualTo(3);
  }

  @Test
  void closingEndsEveryWait() {
    history.close();

    assertThatThrownBy(() -> history.await(0, Long.MAX_VALUE))
        .isInstanceOf(History.LostException.class);
  }

  private void follow(History follower) {
    publisher.subscribe(follower::add);
  }

  private void publish(int revisions) {
    for (int i = 0; i < revisions; i++) {
      publisher.publish(graphs.after(publisher.current(), "k3x9", 5));
    }
  }

  private static GraphDelta decode(Encoded encoded) throws Exception {
    List<byte[]> items = encoded.plain();
    try (FrameReader reader = new FrameReader(new ByteArrayInputStream(items.get(0)))) {
      return DeltaReader.read(reader.complete(reader.next().orElseThrow()));
    }
  }
}
