package dev.otelscope.probe.emission;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/// Finds out whether someone answers where the probe would send to.
public final class ReceiverCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private ReceiverCheck() {}

  /// One sentence about the receiver. Nothing is sent to it.
  public static String of(ReceiverTarget target) {
    URI endpoint = target.endpoint();
    int port = endpoint.getPort();
    if (port < 0) {
      port = endpoint.getScheme().equals("https") ? 443 : 80;
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(endpoint.getHost(), port), Math.toIntExact(PATIENCE.toMillis()));
      return "The receiver " + endpoint + " takes connections.";
    } catch (IOException e) {
      return "The receiver "
          + endpoint
          + " does not answer ("
          + e.getMessage()
          + "): start it, or set OTEL_EXPORTER_OTLP_ENDPOINT.";
    }
  }
}
