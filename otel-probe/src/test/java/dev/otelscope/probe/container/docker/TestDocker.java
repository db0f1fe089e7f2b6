package dev.otelscope.probe.container.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A Docker Engine in a network namespace of its own: nothing of it touches the machine's network.
/// Its only image borrows the programs of this machine.
public final class TestDocker implements AutoCloseable {
  private static final String IMAGE = "otelscope/borrowed:1";

  private final Path folder;
  private final TestNamespace namespace;
  private Process daemon;

  private TestDocker(Path folder, TestNamespace namespace) throws IOException {
    this.folder = folder;
    this.namespace = namespace;
    this.daemon = startDaemon();
  }

  public static TestDocker start() throws IOException {
    Path folder = Files.createTempDirectory("osdocker");
    TestNamespace namespace = TestNamespace.create();
    TestDocker docker = new TestDocker(folder, namespace);
    try {
      docker.await();
      docker.makeImage();
      return docker;
    } catch (IOException | RuntimeException e) {
      docker.close();
      throw e;
    }
  }

  public Path socket() {
    return folder.resolve("docker.sock");
  }

  /// Runs the command `docker` on it.
  ///
  /// @return what it said
  public String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker", "-H", "unix://" + socket()));
    command.addAll(List.of(arguments));
    return output(command);
  }

  /// Starts a container in the background.
  ///
  /// @param options those of `docker run` and the program with its arguments
  /// @return its id
  public String container(String name, List<String> options, String... program) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "-d", "--name", name, "-v", "/usr:/usr:ro", "--stop-timeout", "0"));
    arguments.addAll(options);
    arguments.add(IMAGE);
    arguments.addAll(List.of(program));
    return run(arguments.toArray(String[]::new)).strip();
  }

  void stopDaemon() {
    daemon.destroy();
    try {
      if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
        daemon.descendants().forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void startDaemonAgain() throws IOException {
    daemon = startDaemon();
    await();
  }

  private Process startDaemon() throws IOException {
    return new ProcessBuilder(
            "nsenter",
            "--net=/run/netns/" + namespace.name(),
            "dockerd",
            "--host=unix://" + socket(),
            "--data-root=" + folder.resolve("data"),
            "--exec-root=" + folder.resolve("exec"),
            "--pidfile=" + folder.resolve("docker.pid"),
            "--bip=10.213.0.1/24",
            "--default-address-pool=base=10.214.0.0/16,size=24",
            "--log-level=warn")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("dockerd.log").toFile())
        .start();
  }

  private void await() {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> !run("version").isEmpty());
  }

  private void makeImage() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    for (String link : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
    }
    Files.createDirectory(root.resolve("usr"));
    Files.createDirectory(root.resolve("tmp"));
    Path archive = folder.resolve("root.tar");
    output(List.of("tar", "-C", root.toString(), "-cf", archive.toString(), "."));
    run("import", archive.toString(), IMAGE);
  }

  @Override
  public void close() throws IOException {
    try {
      String all = run("ps", "-aq").strip();
      if (!all.isEmpty()) {
        run(Stream.concat(Stream.of("rm", "-f"), all.lines()).toArray(String[]::new));
      }
    } catch (IOException e) {
      // it did not start
    }
    stopDaemon();
    namespace.close();
    output(List.of("rm", "-rf", folder.toString()));
  }

  private static String output(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(requireNonNull(process.getInputStream()).readAllBytes(), UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + output);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + " was interrupted", e);
    }
  }
}
