package dev.otelscope.query;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
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
import dev.otelscope.views.Outside;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.runtime.HostsView;
import dev.otelscope.views.runtime.ProcessesByNameView;
import dev.otelscope.views.runtime.ProcessesView;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// The query service: everything that is served on port 4040. Runs from [#start] to [#close].
public final class QueryServer implements AutoCloseable {
  /// The views, in the order in which they are listed. A new one is a line here.
  private static final List<ViewDefinition> CATALOGUE =
      List.of(new ProcessesView(), new ProcessesByNameView(), new HostsView());

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  private static final long MAX_REQUEST_LENGTH = 64 * 1024;

  private final LiveViews views;
  private final Server server;
  private final InetAddress host;

  private QueryServer(LiveViews views, Server server, InetAddress host) {
    this.views = views;
    this.server = server;
    this.host = host;
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
    InetAddress host = addressOf(config);
    Outside outside = new Outside(config.externalServices());
    LiveViews views = LiveViews.start(CATALOGUE, outside, graph, connected, System::nanoTime);
    Server server = server(config, host, views, graph);
    try {
      server.start().join();
    } catch (CompletionException e) {
      views.close();
      if (e.getCause() instanceof IOException cause) {
        throw sentence(config, cause);
      }
      throw e;
    }
    return new QueryServer(views, server, host);
  }

  private static Server server(
      QueryConfig config, InetAddress host, LiveViews views, GraphSource graph) {
    return Server.builder()
        .http(new InetSocketAddress(host, config.port()))
        .requestTimeout(REQUEST_TIMEOUT)
        .maxRequestLength(MAX_REQUEST_LENGTH)
        .connectionDrainDuration(Duration.ofMillis(500))
        .gracefulShutdownTimeout(Duration.ZERO, Duration.ofSeconds(2))
        .meterRegistry(NoopMeterRegistry.get()) // what /metrics says is ours; see Metrics
        .disableServerHeader()
        .setHeaders(SecurityHeaders.ALL.entrySet())
        .errorHandler(new Problems())
        .decorator(compression())
        .decorator(service -> new HostGuard(service, config.insecure()))
        .annotatedService(new ViewsApi(views, CATALOGUE))
        .annotatedService(new DetailsApi(views, CATALOGUE))
        .annotatedService(new StreamApi(views, CATALOGUE))
        .service("/healthz", HealthCheckService.of())
        .service(
            "/readyz",
            HealthCheckService.builder()
                .longPolling(Duration.ZERO)
                .checkers(views::isReady)
                .build())
        .service("/metrics", Metrics.service(views.counters(), graph))
        .serviceUnder("/", new PageFiles(QueryServer.class.getClassLoader()))
        .build();
  }

  /// An address or `localhost`; other names are not looked up, so that nobody is asked.
  private static InetAddress addressOf(QueryConfig config) throws BindException {
    InetAddress address;
    try {
      address =
          config.host().equals("localhost")
              ? InetAddress.getLoopbackAddress()
              : InetAddress.ofLiteral(config.host());
    } catch (IllegalArgumentException e) {
      throw new BindException(
          "A host is an address such as 127.0.0.1 or ::1, not '" + config.host() + "'.");
    }
    if (!address.isLoopbackAddress() && !config.insecure()) {
      throw new BindException(
          "Listening on %s would let everyone read the map who can reach it: use 127.0.0.1, or --insecure if that is what you want."
              .formatted(config.host()));
    }
    return address;
  }

  private static BindException sentence(QueryConfig config, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    BindException sentence =
        new BindException(
            "The page cannot be served on port %d of %s: %s. Choose another port with --port, or 0 for any free one."
                .formatted(
                    config.port(),
                    config.host(),
                    reason.contains("in use") ? "it is taken" : reason));
    sentence.initCause(cause);
    return sentence;
  }

  private static Function<? super HttpService, EncodingService> compression() {
    return EncodingService.builder()
        .encodableContentTypes(type ->
            type.isJson() || (type.is(MediaType.ANY_TEXT_TYPE) && !type.is(MediaType.EVENT_STREAM)))
        .newDecorator();
  }

  /// Where a client on this machine finds it, with the port that it really has.
  public URI uri() {
    InetAddress reachable = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
    String address = reachable.getHostAddress();
    String literal = address.contains(":") ? "[" + address + "]" : address;
    return URI.create("http://" + literal + ":" + server.activeLocalPort());
  }

  /// Ends all streams and stops to listen.
  @Override
  public void close() {
    views.close();
    server.close();
  }
}
