package dev.otelscope.query;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import dev.otelscope.model.GraphSource;
import dev.otelscope.query.http.DetailsApi;
import dev.otelscope.query.http.HostGuard;
import dev.otelscope.query.http.PageFiles;
import dev.otelscope.query.http.Problems;
import dev.otelscope.query.http.SecurityHeaders;
import dev.otelscope.query.http.StreamApi;
import dev.otelscope.query.http.ViewsApi;
import dev.otelscope.query.live.LiveViews;
import dev.otelscope.serving.Endpoint;
import dev.otelscope.serving.Listening;
import dev.otelscope.views.Outside;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// The query service: everything that is served on port 4040. Runs from [#start] to [#close].
public final class QueryServer implements AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  private static final long MAX_REQUEST_LENGTH = 64 * 1024;

  private final LiveViews views;
  private final Listening listening;

  private QueryServer(LiveViews views, Listening listening) {
    this.views = views;
    this.listening = listening;
  }

  /// Starts to serve a graph of this process.
  ///
  /// @throws BindException when it cannot or must not listen there; one sentence that says why and
  ///   what to do
  public static QueryServer start(QueryConfig config, GraphSource graph) throws BindException {
    return start(config, graph, () -> true);
  }

  /// Starts to serve a graph.
  ///
  /// @param connected whether the graph's source can be heard now; asked once a second. While it
  ///   cannot, views are marked as stale
  /// @throws BindException when it cannot or must not listen there; one sentence that says why and
  ///   what to do
  public static QueryServer start(QueryConfig config, GraphSource graph, BooleanSupplier connected)
      throws BindException {
    Outside outside = new Outside(config.externalServices());
    LiveViews views =
        LiveViews.start(ViewCatalogue.VIEWS, outside, graph, connected, System::nanoTime);
    try {
      return new QueryServer(
          views, Listening.open(endpoint(config), config.host(), routes(config, views, graph)));
    } catch (BindException e) {
      views.close();
      throw e;
    }
  }

  private static Endpoint endpoint(QueryConfig config) {
    return new Endpoint("The page", "--port", config.port());
  }

  private static Consumer<ServerBuilder> routes(
      QueryConfig config, LiveViews views, GraphSource graph) {
    return server ->
        server
            .requestTimeout(REQUEST_TIMEOUT)
            .maxRequestLength(MAX_REQUEST_LENGTH)
            .disableServerHeader()
            .setHeaders(SecurityHeaders.ALL.entrySet())
            .errorHandler(new Problems())
            .decorator(compression())
            .decorator(service -> new HostGuard(service, config.host().insecure()))
            .annotatedService(new ViewsApi(views, ViewCatalogue.VIEWS))
            .annotatedService(new DetailsApi(views, ViewCatalogue.VIEWS))
            .annotatedService(new StreamApi(views, ViewCatalogue.VIEWS))
            .service(
                "/readyz",
                HealthCheckService.builder()
                    .longPolling(Duration.ZERO)
                    .checkers(views::isReady)
                    .build())
            .service("/metrics", Metrics.service(views.counters(), graph))
            .serviceUnder("/", new PageFiles(QueryServer.class.getClassLoader()));
  }

  private static Function<? super HttpService, EncodingService> compression() {
    return EncodingService.builder()
        .encodableContentTypes(type ->
            type.isJson() || (type.is(MediaType.ANY_TEXT_TYPE) && !type.is(MediaType.EVENT_STREAM)))
        .newDecorator();
  }

  /// Where a client on this machine finds it, with the port that it really has.
  public URI uri() {
    return listening.uri();
  }

  /// Ends all streams and stops to listen.
  @Override
  public void close() {
    views.close();
    listening.close();
  }
}
