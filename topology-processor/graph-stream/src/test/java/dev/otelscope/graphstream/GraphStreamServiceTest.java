package dev.otelscope.graphstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SplitHttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogAccess;
import dev.otelscope.graphstream.GraphStreamService.Pace;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Revision;
import dev.otelscope.serving.Endpoint;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Listening;
import dev.otelscope.serving.Port;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphStreamServiceTest {
  private static final Pace PACE =
      new Pace(Duration.ofMillis(20), Duration.ofMillis(300), 100, 1_000_000);

  private final GraphPublisher publisher = new GraphPublisher();
  private final RandomGraphs graphs = new RandomGraphs(1);
  private final GraphStreamService service = new GraphStreamService(publisher, PACE);
  private final List<RequestLogAccess> logs = new CopyOnWriteArrayList<>();
  private Listening server;
  private WebClient client;

  @BeforeEach
  void start() throws BindException {
    server =
        Listening.open(
            new Endpoint("The graph stream", "--graph-port", Port.exactly(0)),
            ListenAddress.LOOPBACK,
            builder ->
                builder.service(
                    GraphStreamService.PATH,
                    (context, request) -> {
                      logs.add(context.log());
                      return service.serve(context, request);
                    }));
    client =
        WebClient.builder(server.uri()).responseTimeout(Duration.ZERO).maxResponseLength(0).build();
  }

  @AfterEach
  void stop() {
    service.close();
    server.close();
  }

  @Test
  void beginsWithAHeaderAndKeepsBeating() throws Exception {
    SplitHttpResponse response = client.get(GraphStreamService.PATH).split();
    assertThat(response.headers().join().contentType()).isEqualTo(GraphStreamService.CBOR_SEQUENCE);

    try (InputStream body = response.body().toInputStream(data -> data);
        FrameReader frames = new FrameReader(body)) {
      assertThat(frames.header()).isEqualTo(new StreamHeader(DeltaWriter.FORMAT, "", 0));
      for (int i = 0; i < 3; i++) {
        assertThat(frames.next().orElseThrow().kind()).isEqualTo(Frame.Kind.HEARTBEAT);
      }
    }
  }

  @Test
  void aStreamThatIsClosedIsWholeGzip() throws Exception {
    publisher.publish(graphs.after(GraphSnapshot.EMPTY, "k3x9", 100));
    CompletableFuture<AggregatedHttpResponse> whole = get("gzip;q=0.5, identity").aggregate();

    service.close();

    AggregatedHttpResponse response = whole.join();
    assertThat(response.headers().get(HttpHeaderNames.CONTENT_ENCODING)).isEqualTo("gzip");
    try (InputStream body =
            new GZIPInputStream(new ByteArrayInputStream(response.content().array()));
        FrameReader frames = new FrameReader(body)) {
      frames.header();
      Optional<Frame> frame = frames.next();
      while (frame.isPresent()) {
        frame = frames.next();
      }
    }
  }

  @Test
  void compressesOnlyWhatIsAccepted() {
    CompletableFuture<AggregatedHttpResponse> refused = get("gzip;q=0").aggregate();
    service.close();

    assertThat(refused.join().headers().contains(HttpHeaderNames.CONTENT_ENCODING)).isFalse();
  }

  @Test
  void aRevisionThatIsNoneIsRefusedWithAReason() {
    AggregatedHttpResponse response =
        client.get(GraphStreamService.PATH + "?from=yesterday").aggregate().join();

    assertThat(response.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(response.contentUtf8()).contains("'yesterday'");
  }

  @Test
  void aSlowReaderIsCutOffAndHoldsUpNobody() throws Exception {
    publisher.publish(graphs.after(GraphSnapshot.EMPTY, "k3x9", 20_000));
    SplitHttpResponse slow = client.get(GraphStreamService.PATH).split();
    slow.headers().join(); // and reads no further

    GraphSnapshot before = publisher.current();
    for (int i = 0; i < 20; i++) {
      publisher.publish(graphs.after(before, "k3x9", 500));
      before = publisher.current();
    }
    assertThat(publisher.current().revision()).isEqualTo(new Revision("k3x9", 21));

    RequestLog log = logs.get(0).whenComplete().get(20, TimeUnit.SECONDS);
    assertThat(log.responseCause()).as("it was cut off").isNotNull();
  }

  private HttpResponse get(String acceptEncoding) {
    return client.execute(
        RequestHeaders.of(
            HttpMethod.GET,
            GraphStreamService.PATH,
            HttpHeaderNames.ACCEPT_ENCODING,
            acceptEncoding));
  }
}
