package dev.otelscope.graphstream;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.otelscope.model.GraphSource;
import dev.otelscope.model.Revision;
import java.time.Duration;
import java.util.Arrays;

/// Gives a graph out over HTTP to any number of [RemoteGraphSource]s. Each change is encoded and
/// compressed once for all of them, and not at all when nobody reads. A reader that falls behind is
/// cut off and begins anew; it never holds up the publisher.
public final class GraphStreamService extends AbstractHttpService implements AutoCloseable {
  /// Where to serve it.
  public static final String PATH = "/graph/v1/stream";

  static final MediaType CBOR_SEQUENCE = MediaType.create("application", "cbor-seq");

  private final History history;
  private final Pace pace;
  private final GraphSource.Subscription subscription;

  /// How fast things must go.
  ///
  /// @param heartbeat after this time without a change, something is sent all the same
  /// @param patience how long a reader may take for one item
  /// @param revisions how many revisions a reader may be behind
  /// @param changes how many changed entities and edges a reader may be behind
  record Pace(Duration heartbeat, Duration patience, int revisions, int changes) {
    static final Pace NORMAL =
        new Pace(Duration.ofSeconds(5), Duration.ofSeconds(30), 240, 200_000);
  }

  public GraphStreamService(GraphSource source) {
    this(source, Pace.NORMAL);
  }

  GraphStreamService(GraphSource source, Pace pace) {
    this.pace = pace;
    history = new History(pace.revisions(), pace.changes());
    subscription = source.subscribe(history::add);
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext context, HttpRequest request) {
    Revision held;
    try {
      String from = context.queryParam("from");
      held = from == null ? Revision.NONE : Revision.parse(from);
    } catch (IllegalArgumentException e) {
      return HttpResponse.of(
          HttpStatus.BAD_REQUEST, MediaType.PLAIN_TEXT_UTF_8, "from: " + e.getMessage());
    }
    boolean gzip = acceptsGzip(request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, ""));
    context.clearRequestTimeout();
    HttpResponseWriter response = HttpResponse.streaming();
    Thread.ofVirtual()
        .name("graph-stream-writer")
        .start(new StreamWriter(history, pace, held, response, gzip));
    return response;
  }

  /// Ends all streams; a client reconnects when there is a server again.
  @Override
  public void close() {
    subscription.close();
    history.close();
  }

  private static boolean acceptsGzip(String accepted) {
    return Arrays.stream(requireNonNull(accepted).split(","))
        .map(String::strip)
        .anyMatch(coding -> coding.startsWith("gzip") && !coding.matches(".*;\\s*q=0(\\.0*)?"));
  }
}
