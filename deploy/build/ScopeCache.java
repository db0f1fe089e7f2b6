import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the ahead-of-time cache of `./scope up`. Where the JDK cannot make one, everything works
/// without, and that is said.
///
/// `java ScopeCache.java <the launcher> <distribution>`
final class ScopeCache {
  private static final Pattern URL = Pattern.compile("\"url\" *: *\"([^\"]+)\"");

  /// What a browser asks for that shows the map.
  private static final List<String> PAGE =
      List.of("/", "/api/v1/views", "/api/v1/views/processes", "/api/v1/views/hosts");

  /// Until then something has been seen, sent, joined and drawn.
  private static final int ROUNDS = 60;

  private final Path ready;
  private final HttpClient http = HttpClient.newHttpClient();
  private int rounds;

  private ScopeCache(Path ready) {
    this.ready = ready;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path launcher = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path distribution = Path.of(arguments[1]).toAbsolutePath().normalize();
    Path cache = distribution.resolve("scope.aot");
    Path ready = distribution.resolve("ready.json");
    Files.deleteIfExists(cache);
    try {
      new Training(
              List.of(
                  launcher.toString(),
                  "up",
                  "--port=0",
                  "--otlp-http-port=0",
                  "--otlp-grpc-port=0",
                  "--ready-file=" + ready),
              Map.of("OTELSCOPE_BUILD", "never", "JAVA_HOME", System.getProperty("java.home")),
              distribution.resolveSibling("training.log"))
          .make(cache, new ScopeCache(ready)::hasBeenLookedAt);
    } catch (IOException e) {
      System.out.println("[WARNING] OTel Scope will start later: " + e.getMessage());
    } finally {
      Files.deleteIfExists(ready);
    }
  }

  /// Looks at the page once more, as soon as there is one.
  private boolean hasBeenLookedAt() {
    try {
      if (Files.exists(ready)) {
        Matcher url = URL.matcher(Files.readString(ready));
        if (url.find()) {
          for (String path : PAGE) {
            get(URI.create(url.group(1)).resolve(path));
          }
          rounds++;
        }
      }
      return rounds >= ROUNDS;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void get(URI uri) throws IOException, InterruptedException {
    http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
  }
}
