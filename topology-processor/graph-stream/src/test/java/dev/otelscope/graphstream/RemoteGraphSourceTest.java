package dev.otelscope.graphstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.otelscope.graphstream.GraphStreamService.Pace;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.GraphSource;
import dev.otelscope.model.Revision;
import dev.otelscope.serving.Endpoint;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Listening;
import dev.otelscope.serving.Port;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteGraphSourceTest extends GraphSourceContract {
  private static final Pace PACE = new Pace(Duration.ofMillis(50), Duration.ofSeconds(5), 8, 1_000);

  /// What the server answers with; replaced by a test that plays a restart or a broken server.
  private static volatile HttpService service =
      (context, request) -> HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);

  private static final List<String> requests = new CopyOnWriteArrayList<>();
  private static final List<HttpResponse> responses = new CopyOnWriteArrayList<>();
  private static Listening server;

  private final GraphStreamService stream = new GraphStreamService(publisher, PACE);
  private RemoteGraphSource remote;

  @BeforeAll
  static void startServer() throws BindException {
    server =
        Listening.open(
            new Endpoint("The graph stream", "--graph-port", Port.exactly(0)),
            ListenAddress.LOOPBACK,
            builder -> builder.service(GraphStreamService.PATH, RemoteGraphSourceTest::serve));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    service = stream;
    requests.clear();
    responses.clear();
    remote =
        new RemoteGraphSource(
            server.uri(),
            InstantSource.system(),
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(50), new Random(1)),
            Duration.ofSeconds(1));
  }

  @AfterEach
  void disconnect() {
    remote.close();
    stream.close();
  }

  private static HttpResponse serve(ServiceRequestContext context, HttpRequest request)
      throws Exception {
    requests.add(request.path());
    HttpResponse response = service.serve(context, request);
    responses.add(response);
    return response;
  }

  @Override
  GraphSource source() {
    return remote;
  }

  @Test
  void goesOnFromTheRevisionItHas() {
    Follower follower = new Follower();
    remote.subscribe(follower);
    publish("k3x9");
    follower.awaitGraph(publisher.current());

    dropEveryone();
    publish("k3x9");

    follower.awaitGraph(publisher.current());
    assertThat(requests).contains(GraphStreamService.PATH + "?from=k3x9%3A1");
    assertThat(follower.deltas).hasSize(2);
    assertThat(follower.deltas.get(1).base()).isEqualTo(new Revision("k3x9", 1));
  }

  @Test
  void startsAnewWhenItWasAwayForTooLong() {
    Follower follower = new Follower();
    remote.subscribe(follower);
    publish("k3x9");
    follower.awaitGraph(publisher.current());

    service = (context, request) -> HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
    dropEveryone();
    await().until(() -> !remote.connection().connected());
    for (int i = 0; i < 2 * PACE.revisions(); i++) {
      publish("k3x9");
    }
    service = stream;

    follower.awaitGraph(publisher.current());
    assertThat(follower.deltas.get(1).base()).isEqualTo(Revision.NONE);
  }

  @Test
  void aRestartedProcessorReplacesTheGraphWithItsOwn() {
    Follower follower = new Follower();
    remote.subscribe(follower);
    publish("k3x9");
    follower.awaitGraph(publisher.current());

    GraphPublisher restarted = new GraphPublisher();
    GraphStreamService newStream = new GraphStreamService(restarted, PACE);
    service = newStream;
    dropEveryone();
    await().until(() -> requests.size() > 1);
    assertThat(remote.current()).as("until there is a new one").isEqualTo(publisher.current());
    restarted.publish(graphs.after(GraphSnapshot.EMPTY, "p7q2", 5));

    follower.awaitGraph(restarted.current());
    newStream.close();
  }

  @Test
  void aGraphOfManyItemsArrivesWhole() {
    publisher.publish(graphs.after(GraphSnapshot.EMPTY, "k3x9", 10_000));

    awaitCurrent();
  }

  @Test
  void saysWhetherItIsConnected() {
    await().until(() -> remote.connection().connected());

    service = (context, request) -> HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
    dropEveryone();

    await().until(() -> !remote.connection().connected());
  }

  @Test
  void aSilentServerCountsAsGone() {
    service =
        (context, request) -> {
          HttpResponseWriter silent = HttpResponse.streaming();
          silent.write(ResponseHeaders.of(HttpStatus.OK));
          silent.write(HttpData.wrap(header()));
          return silent;
        };
    dropEveryone();
    await().until(() -> requests.size() > 1 && remote.connection().connected());

    service = stream;
    publish("k3x9");

    awaitCurrent();
  }

  @Test
  void aTruncatedStreamIsReadAgain() {
    publish("k3x9");
    byte[] delta = FrameWriter.delta(DeltaWriter.write(graphs.delta())).get(0);
    service = answering(header(), Arrays.copyOf(delta, delta.length / 2));
    dropEveryone();
    await().until(() -> requests.size() > 3);

    service = stream;

    awaitCurrent();
  }

  @Test
  void garbageIsRefusedAndTheGraphReadAnew() {
    publish("k3x9");
    awaitCurrent();
    byte[] garbage = new byte[5_000];
    new Random(7).nextBytes(garbage);
    service = answering(header(), FrameWriter.delta(garbage).get(0));
    dropEveryone();
    await().until(() -> requests.size() > 3);
    service = stream;
    publish("k3x9");

    awaitCurrent();
    assertThat(requests.getLast()).isEqualTo(GraphStreamService.PATH);
  }

  /// Ends the streams that are open now, as a network does.
  private void dropEveryone() {
    await().until(() -> !responses.isEmpty());
    responses.forEach(HttpResponse::abort);
    responses.clear();
  }

  private static HttpService answering(byte[]... items) {
    return (context, request) -> {
      HttpResponseWriter response = HttpResponse.streaming();
      response.write(ResponseHeaders.of(HttpStatus.OK));
      for (byte[] item : items) {
        response.write(HttpData.wrap(item));
      }
      response.close();
      return response;
    };
  }

  private static byte[] header() {
    return FrameWriter.header(new StreamHeader(DeltaWriter.FORMAT, "k3x9", 1));
  }
}
