package dev.otelscope.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks a program's `/readyz` as any caller would.
///
/// @param url of the program
record Readiness(URI url) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /// Returns once it answers that it is ready.
  ///
  /// @throws StartException when it does not for too long
  void await() throws StartException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/readyz")).timeout(Duration.ofSeconds(5)).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String answer = "nothing";
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (deadline - System.nanoTime() > 0) {
        try {
          int status = client.send(request, BodyHandlers.discarding()).statusCode();
          if (status == 200) {
            return;
          }
          answer = "status " + status;
        } catch (IOException e) {
          answer = e.toString();
        }
        Thread.sleep(PAUSE);
      }
    }
    throw new StartException(
        "%s should answer 200 when ready, but after %d s it still answered %s."
            .formatted(request.uri(), PATIENCE.toSeconds(), answer));
  }
}
