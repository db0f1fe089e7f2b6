package dev.otelscope.query;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.encoding.EncodingService;
import dev.otelscope.model.GraphSource;
import dev.otelscope.query.http.Problems;
import dev.otelscope.query.http.ViewsApi;
import dev.otelscope.query.live.LiveViews;
import dev.otelscope.views.Outside;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.runtime.HostsView;
import dev.otelscope.views.runtime.ProcessesByNameView;
import dev.otelscope.views.runtime.ProcessesView;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
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
  private final String host;

  private QueryServer(LiveViews views, Server server, String host) {
    this.views = views;
    this.server = server;
    this.host = host;
  }

  /// Starts to serve the graph.
  ///
  /// @throws BindException when it cannot or must not listen there; the message is one sentence
  ///   that says why and what to do
  public static QueryServer start(QueryConfig config, GraphSource graph) throws BindException {
    InetAddress address = addressOf(config);
    LiveViews views =
        LiveViews.start(CATALOGUE, new Outside(config.externalServices()), graph, System::nanoTime);
    Server server =
        Server.builder()
            .http(new InetSocketAddress(address, config.port()))
            .requestTimeout(REQUEST_TIMEOUT)
            .maxRequestLength(MAX_REQUEST_LENGTH)
            .disableServerHeader()
            .errorHandler(new Problems())
            .decorator(compression())
            .annotatedService(new ViewsApi(views, CATALOGUE))
            .build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      views.close();
      throw cannotListen(config, e);
    }
    return new QueryServer(views, server, address.getHostAddress());
  }

  private static InetAddress addressOf(QueryConfig config) throws BindException {
    InetAddress address;
    try {
      address = InetAddress.getByName(config.host());
    } catch (UnknownHostException e) {
      throw new BindException(
          "Cannot listen on '" + config.host() + "': no such address on this machine.");
    }
    if (!address.isLoopbackAddress() && !config.insecure()) {
      throw new BindException(
          "Refusing to listen on %s, where others could read everything without a password; use 127.0.0.1, or --insecure if that is meant."
              .formatted(config.host()));
    }
    return address;
  }

  private static BindException cannotListen(QueryConfig config, CompletionException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.net.BindException || cause instanceof java.net.SocketException) {
        BindException refusal =
            new BindException(
                "Cannot listen on %s port %d (%s); choose another one with --port."
                    .formatted(
                        config.host(),
                        config.port(),
                        String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT)));
        refusal.initCause(failure);
        return refusal;
      }
    }
    throw failure;
  }

  private static Function<? super HttpService, EncodingService> compression() {
    return EncodingService.builder()
        .encodableContentTypes(type ->
            type.isJson() || (type.is(MediaType.ANY_TEXT_TYPE) && !type.is(MediaType.EVENT_STREAM)))
        .newDecorator();
  }

  /// Where it is, with the port that it really has.
  public URI uri() {
    int port = requireNonNull(server.activePort(), "started").localAddress().getPort();
    String authority = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + authority + ":" + port);
  }

  /// Ends all streams and stops to listen.
  @Override
  public void close() {
    views.close();
    server.close();
  }
}
