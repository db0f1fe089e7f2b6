package dev.otelscope.standalone.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// A program that is run to its end.
public final class Command {
  private Command() {}

  /// Runs it and waits.
  ///
  /// @return what it wrote, both streams
  /// @throws UncheckedIOException when it cannot be started
  /// @throws IllegalStateException when it ends with another status than 0
  public static String run(String... command) {
    return run(List.of(command));
  }

  /// Runs it and waits; see [#run(String...)].
  public static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            "status %d of %s: %s".formatted(status, String.join(" ", command), output.strip()));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + command, e);
    }
  }
}
