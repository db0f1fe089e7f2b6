package dev.otelscope.serving;

import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// An endpoint that is being served, with `/healthz` and what its routes add.
public final class Listening implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofMillis(500);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

  private final Endpoint endpoint;
  private final ListenAddress host;
  private final Server server;

  private Listening(Endpoint endpoint, ListenAddress host, Server server) {
    this.endpoint = endpoint;
    this.host = host;
    this.server = server;
  }

  /// Opens the endpoint's port. When this returns, it answers.
  ///
  /// @param routes adds what is served; called again when another port has to be tried
  /// @throws BindException when the port cannot be had and no other will do: one sentence that says
  ///   why and what to do
  public static Listening open(
      Endpoint endpoint, ListenAddress host, Consumer<ServerBuilder> routes) throws BindException {
    Port port = endpoint.port();
    try {
      return new Listening(endpoint, host, started(host, port.number(), routes));
    } catch (IOException e) {
      if (!port.orAnyFree()) {
        throw sentence(endpoint, host, e);
      }
    }
    try {
      return new Listening(endpoint, host, started(host, 0, routes));
    } catch (IOException e) {
      throw sentence(endpoint, host, e);
    }
  }

  /// The port that it really has.
  public int port() {
    return server.activeLocalPort();
  }

  /// A sentence for the user when another port than the one asked for had to be taken, else empty.
  public String notice() {
    int asked = endpoint.port().number();
    return asked == 0 || asked == port()
        ? ""
        : "Port %d is taken, perhaps by a collector: %s listens on %d instead."
            .formatted(asked, endpoint.name(), port());
  }

  /// Where a client on this machine finds it, such as `http://127.0.0.1:4318`. What listens on all
  /// addresses is found at the loopback one of the same family: the other may not be there.
  public URI uri() {
    InetAddress address = host.address();
    if (address.isAnyLocalAddress()) {
      address = InetAddress.ofLiteral(address instanceof Inet6Address ? "::1" : "127.0.0.1");
    }
    String literal = NetUtil.toAddressString(address);
    return URI.create(
        "http://%s:%d".formatted(literal.contains(":") ? "[" + literal + "]" : literal, port()));
  }

  /// Takes no more, answers what it has taken, ends. Within 3 s.
  public CompletableFuture<Void> closeAsync() {
    return server.stop();
  }

  /// As [#closeAsync], and returns when it has ended.
  @Override
  public void close() {
    closeAsync().join();
  }

  private static Server started(ListenAddress host, int port, Consumer<ServerBuilder> routes)
      throws IOException {
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(host.address(), port))
            .bossGroupFactory(Acceptors::new)
            .meterRegistry(NoopMeterRegistry.get()) // each program says its own in /metrics
            .connectionDrainDuration(DRAIN)
            .gracefulShutdownTimeout(Duration.ZERO, LONGEST_ANSWER)
            .service("/healthz", HealthCheckService.of());
    routes.accept(builder);
    Server server = builder.build();
    try {
      server.start().join();
      return server;
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static BindException sentence(Endpoint endpoint, ListenAddress host, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    BindException sentence =
        new BindException(
            "%s cannot listen on port %d of %s: %s. Choose another port with %s, or 0 for any free one."
                .formatted(
                    endpoint.name(),
                    endpoint.port().number(),
                    host.address().getHostAddress(),
                    reason.contains("in use") ? "it is taken" : reason,
                    endpoint.option()));
    sentence.initCause(cause);
    return sentence;
  }
}
