package dev.otelscope.graphstream;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SplitHttpResponse;
import com.linecorp.armeria.common.stream.StreamTimeoutMode;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.GraphSource;
import dev.otelscope.model.GraphSubscriber;
import dev.otelscope.model.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The graph of a processor in another process. Connects by itself, and again whenever it has to;
/// meanwhile [#current] stays what was last heard, and [#connection] says how old that is.
public final class RemoteGraphSource implements GraphSource, AutoCloseable {
  /*
   * Concurrency
   *   One virtual thread reads and publishes; everything else only looks. `connection` is volatile.
   *   Closing aborts the response, on which that thread may be waiting, and joins it.
   */

  private static final Logger LOG = LoggerFactory.getLogger(RemoteGraphSource.class);

  private final URI stream;
  private final WebClient client;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Duration silence;
  private final GraphPublisher graph = new GraphPublisher();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread reader;
  private volatile Connection connection;

  /// Starts to follow the processor at `processor`, such as `http://127.0.0.1:4041`.
  public static RemoteGraphSource connect(URI processor) {
    return new RemoteGraphSource(
        processor,
        InstantSource.system(),
        new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), RandomGenerator.getDefault()),
        Duration.ofSeconds(15));
  }

  /// @param silence after this time without any byte the connection counts as dead
  RemoteGraphSource(URI processor, InstantSource clock, Backoff backoff, Duration silence) {
    this.clock = clock;
    this.backoff = backoff;
    this.silence = silence;
    stream = processor.resolve(GraphStreamService.PATH);
    client =
        WebClient.builder(processor.resolve("/"))
            .factory(ClientFactory.ofDefault())
            .responseTimeout(Duration.ZERO)
            .maxResponseLength(0)
            .build();
    connection = new Connection(false, clock.instant());
    reader = Thread.ofVirtual().name("graph-stream-reader").start(this::run);
  }

  @Override
  public GraphSnapshot current() {
    return graph.current();
  }

  @Override
  public Subscription subscribe(GraphSubscriber subscriber) {
    return graph.subscribe(subscriber);
  }

  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    closing.countDown();
    reader.interrupt();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean resumable = true;
    try {
      do {
        resumable = follow(resumable);
      } while (!closing.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      LOG.debug("No longer reading {}", stream);
    }
  }

  /// Reads one connection to its end.
  ///
  /// @return whether what was read so far is worth going on from
  private boolean follow(boolean resume) throws InterruptedException {
    Revision held = resume ? current().revision() : Revision.NONE;
    SplitHttpResponse response = client.execute(request(held)).split();
    try (InputStream body = open(response);
        FrameReader frames = new FrameReader(body)) {
      frames.header();
      connected();
      read(frames);
      disconnected("it ended the stream");
      return true;
    } catch (MalformedGraphException e) {
      disconnected(e.getMessage());
      return false;
    } catch (IOException e) {
      disconnected(e.getMessage() == null ? "the connection broke" : e.getMessage());
      return true;
    } finally {
      response.body().abort();
    }
  }

  private void read(FrameReader frames) throws IOException {
    while (true) {
      Optional<Frame> frame = frames.next();
      if (frame.isEmpty()) {
        return;
      }
      switch (frame.get().kind()) {
        case DELTA -> publish(DeltaReader.read(frames.complete(frame.get())));
        case HEARTBEAT -> {}
        case HEADER -> throw new MalformedGraphException(0, "a second header");
      }
      backoff.reset();
    }
  }

  private void publish(GraphDelta delta) throws MalformedGraphException {
    Revision held = current().revision();
    if (!delta.base().equals(held) && !delta.base().equals(Revision.NONE)) {
      throw new MalformedGraphException(
          0, "expected a delta from " + held + ", came one from " + delta.base());
    }
    graph.publish(delta);
  }

  private RequestHeaders request(Revision held) {
    String query =
        held.equals(Revision.NONE)
            ? ""
            : "?" + QueryParams.of("from", held.toString()).toQueryString();
    return RequestHeaders.of(
        HttpMethod.GET, stream.getPath() + query, HttpHeaderNames.ACCEPT_ENCODING, "gzip");
  }

  private InputStream open(SplitHttpResponse response) throws IOException, InterruptedException {
    try {
      ResponseHeaders headers = response.headers().get(silence.toNanos(), TimeUnit.NANOSECONDS);
      if (!headers.status().equals(HttpStatus.OK)) {
        throw new IOException("it answered " + headers.status());
      }
      InputStream body =
          response
              .body()
              .timeout(silence, StreamTimeoutMode.UNTIL_NEXT)
              .toInputStream(data -> data);
      return headers.contains(HttpHeaderNames.CONTENT_ENCODING, "gzip")
          ? new GZIPInputStream(body)
          : body;
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + silence, e);
    }
  }

  private void connected() {
    connection = new Connection(true, clock.instant());
    LOG.info("Following the graph of {}", stream);
  }

  private void disconnected(@Nullable String why) {
    if (closing.getCount() == 0) {
      return;
    }
    if (connection.connected()) {
      connection = new Connection(false, clock.instant());
      LOG.warn("Lost the graph of {}, trying again: {}", stream, why);
    } else {
      LOG.debug("No graph from {}: {}", stream, why);
    }
  }
}
