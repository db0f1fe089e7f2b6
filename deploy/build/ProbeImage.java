import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Completes the probe's distribution: start script, run-time image, ahead-of-time cache. Where the
/// JDK cannot make one of the latter two, the distribution works without, and that is said.
///
/// `java ProbeImage.java <folder with the scripts> <distribution>`
final class ProbeImage {
  /// What the probe's jars refer to on Linux.
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,jdk.unsupported";

  private static final int REQUESTS = 4;

  private ProbeImage() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path distribution = Path.of(arguments[1]).toAbsolutePath().normalize();
    copy(Path.of(arguments[0]), distribution);
    try {
      link(distribution.resolve("runtime"));
      train(distribution);
    } catch (IOException e) {
      System.out.println("[WARNING] The probe will need more memory: " + e.getMessage());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, COPY_ATTRIBUTES);
      }
    }
  }

  private static void link(Path image) throws IOException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this JDK has no jlink, so there is no image"));
    StringWriter said = new StringWriter();
    PrintWriter output = new PrintWriter(said);
    int status =
        jlink.run(
            output,
            output,
            "--add-modules=" + MODULES,
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output=" + image);
    if (status != 0) {
      throw new IOException("jlink failed: " + said);
    }
  }

  /// Lets the probe look at this machine, as far as it may, and send to a receiver that takes
  /// everything.
  private static void train(Path distribution) throws IOException, InterruptedException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer receiver = receiver(requests);
    receiver.start();
    try {
      new Training(
              List.of(distribution.resolve("bin/otelscope-probe").toString(), "--interval=0.5"),
              Map.of(
                  "OTEL_EXPORTER_OTLP_ENDPOINT",
                  "http://127.0.0.1:" + receiver.getAddress().getPort()),
              distribution.resolveSibling("training.log"))
          .make(distribution.resolve("probe.aot"), () -> requests.get() >= REQUESTS);
    } finally {
      receiver.stop(0);
    }
  }

  private static HttpServer receiver(AtomicInteger requests) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
              body.readAllBytes();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            requests.incrementAndGet();
          });
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
