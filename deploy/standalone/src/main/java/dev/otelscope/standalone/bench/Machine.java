package dev.otelscope.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a bench runs on.
final class Machine {
  private Machine() {}

  /// In a line: processors, kernel, Java.
  static String describe() throws IOException {
    Optional<String> model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst();
    return "%d × %s, Linux %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model.orElse(System.getProperty("os.arch")),
            System.getProperty("os.version"),
            Runtime.version());
  }
}
