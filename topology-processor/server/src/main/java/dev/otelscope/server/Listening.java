package dev.otelscope.server;

import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// An endpoint that is being served.
record Listening(Endpoint endpoint, InetAddress host, Server server) {

  /// Opens the endpoint's port.
  ///
  /// @throws BindException when it cannot be had and no other will do: one sentence that says why
  ///   and what to do
  static Listening open(Endpoint endpoint, InetAddress host, BlockingTaskExecutor workers)
      throws BindException {
    Port port = endpoint.port();
    try {
      return new Listening(endpoint, host, started(endpoint, host, port.number(), workers));
    } catch (IOException e) {
      if (!port.orAnyFree()) {
        throw sentence(endpoint, host, e);
      }
    }
    try {
      return new Listening(endpoint, host, started(endpoint, host, 0, workers));
    } catch (IOException e) {
      throw sentence(endpoint, host, e);
    }
  }

  int port() {
    return server.activeLocalPort();
  }

  /// Whether another port than the one asked for had to be taken.
  boolean isElsewhere() {
    int asked = endpoint.port().number();
    return asked != 0 && asked != port();
  }

  /// Where a client on this machine finds it.
  URI uri() {
    InetAddress reachable = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
    String address = reachable.getHostAddress();
    String literal = address.contains(":") ? "[" + address + "]" : address;
    return URI.create("http://" + literal + ":" + port());
  }

  CompletableFuture<Void> close() {
    return server.stop();
  }

  private static Server started(
      Endpoint endpoint, InetAddress host, int port, BlockingTaskExecutor workers)
      throws IOException {
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(host, port))
            .blockingTaskExecutor(workers, false)
            .meterRegistry(NoopMeterRegistry.get()) // what /metrics says is ours; see Metrics
            .connectionDrainDuration(Duration.ofMillis(500))
            .gracefulShutdownTimeout(Duration.ZERO, Duration.ofSeconds(2))
            .service("/healthz", HealthCheckService.of())
            .service("/readyz", HealthCheckService.of());
    endpoint.routes().accept(builder);
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

  private static BindException sentence(Endpoint endpoint, InetAddress host, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    BindException sentence =
        new BindException(
            "%s cannot listen on port %d of %s: %s. Choose another port with %s, or 0 for any free one."
                .formatted(
                    endpoint.name(),
                    endpoint.port().number(),
                    host.getHostAddress(),
                    reason.contains("in use") ? "it is taken" : reason,
                    endpoint.option()));
    sentence.initCause(cause);
    return sentence;
  }
}
