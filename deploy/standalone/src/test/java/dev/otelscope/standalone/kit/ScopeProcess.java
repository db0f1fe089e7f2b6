package dev.otelscope.standalone.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `./scope …` as somebody runs it, in a process of its own, from what was built last.
public final class ScopeProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ScopeProcess() {}

  /// The script.
  public static Path script() {
    return Path.of(System.getProperty("otelscope.root", "../..")).resolve("scope").normalize();
  }

  /// Starts a command that runs until it is stopped.
  ///
  /// @param folder for its log
  public static Started start(Path folder, String... arguments) {
    return startAs(List.of(), folder, Map.of(), arguments);
  }

  /// Starts a command, below another one such as `setpriv`.
  public static Started startAs(
      List<String> prefix, Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(script().toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Map<String, String> all = new HashMap<>(environment);
    all.put("OTELSCOPE_BUILD", "never");
    return Started.start(folder.resolve("scope-" + arguments[0] + ".log"), all, command);
  }

  /// Runs a command that ends by itself, or should.
  public static Ended run(Path folder, String... arguments) {
    Started process = start(folder, arguments);
    try {
      int status = process.await(PATIENCE);
      return new Ended(status, process.said());
    } finally {
      process.close();
    }
  }

  /// How a command ended, and what it said on both its output streams.
  public record Ended(int status, String said) {}

  /// `./scope up` on free ports, once it is ready.
  public static Up up(Path folder, String... arguments) {
    return upAs(List.of(), folder, arguments);
  }

  /// `./scope up` on free ports below another command, once it is ready.
  public static Up upAs(List<String> prefix, Path folder, String... arguments) {
    Path readyFile = folder.resolve("ready.json");
    List<String> all =
        new ArrayList<>(
            List.of("up", "--port", "0", "--otlp-http-port", "0", "--otlp-grpc-port", "0"));
    all.addAll(List.of("--ready-file", readyFile.toString()));
    all.addAll(List.of(arguments));
    Started process = startAs(prefix, folder, Map.of(), all.toArray(String[]::new));
    try {
      Until.holds(process, () -> Files.exists(readyFile));
      return new Up(process, new ObjectMapper().readTree(readyFile.toFile()));
    } catch (IOException e) {
      process.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /// A running `./scope up`.
  ///
  /// @param ready what its ready file says
  public record Up(Started process, JsonNode ready) implements AutoCloseable {

    public Api api() {
      return new Api(url("url"));
    }

    /// One of `url`, `otlpHttp`, `otlpGrpc`, `graph`.
    public URI url(String name) {
      return URI.create(ready.required(name).asText());
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
