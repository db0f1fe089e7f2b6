package dev.otelscope.standalone.kit;

import dev.otelscope.standalone.testbed.Command;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A Docker Engine in a network namespace of its own: nothing of it touches the machine's network.
/// Its only image borrows the programs of this machine.
public final class DockerEngine implements AutoCloseable {
  public static final String IMAGE = "otelscope/borrowed";

  /// Of its standard network; two engines have the same addresses there.
  public static final String GATEWAY = "10.213.0.1";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Namespace namespace;
  private final Started daemon;

  private DockerEngine(Path folder, Namespace namespace) {
    this.folder = folder;
    this.namespace = namespace;
    this.daemon =
        Started.start(
            folder.resolve("dockerd.log"),
            Map.of(),
            // `ip netns exec` would hide the control groups, too.
            List.of(
                "nsenter",
                "--net=/run/netns/" + namespace.name(),
                Tool.DOCKERD.path().toString(),
                "--host=unix://" + socket(),
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("docker.pid"),
                "--bip=" + GATEWAY + "/24",
                "--default-address-pool=base=10.214.0.0/16,size=24",
                "--log-level=warn"));
  }

  /// Starts it and waits until it answers.
  ///
  /// @param folder that does not exist yet, for all that it has; removed with it
  public static DockerEngine start(Path folder, Namespace namespace) {
    try {
      Files.createDirectory(folder);
      DockerEngine engine = new DockerEngine(folder, namespace);
      try {
        Awaitility.await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> !engine.docker("version").isEmpty());
        engine.makeImage();
        return engine;
      } catch (IOException | RuntimeException e) {
        engine.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it is asked.
  public Path socket() {
    return folder.resolve("docker.sock");
  }

  /// Where its published ports are.
  public Namespace namespace() {
    return namespace;
  }

  /// Runs the command `docker` on it.
  ///
  /// @return what it said
  public String docker(String... arguments) {
    return docker(List.of(arguments));
  }

  private String docker(List<String> arguments) {
    return Command.run(
        Stream.concat(
                Stream.of(Tool.DOCKER.path().toString(), "-H", "unix://" + socket()),
                arguments.stream())
            .toList());
  }

  /// Starts a container in the background.
  ///
  /// @param options of `docker run`
  /// @return its id
  public String run(String name, List<String> options, String... program) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "-d", "--name", name, "-v", "/usr:/usr:ro", "--stop-timeout", "0"));
    arguments.addAll(options);
    arguments.add(IMAGE + ":1");
    arguments.addAll(List.of(program));
    return docker(arguments).strip();
  }

  private void makeImage() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    for (String link : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
    }
    Files.createDirectory(root.resolve("usr"));
    Path archive = folder.resolve("root.tar");
    String _ = Command.run("tar", "-C", root.toString(), "-cf", archive.toString(), ".");
    String _ = docker("import", archive.toString(), IMAGE + ":1");
  }

  @Override
  public void close() {
    if (daemon.isAlive()) {
      List<String> all = docker("ps", "-aq").lines().toList();
      if (!all.isEmpty()) {
        String _ = docker(Stream.concat(Stream.of("rm", "-f"), all.stream()).toList());
      }
    }
    daemon.close();
    String _ = Command.run("rm", "-rf", folder.toString());
  }
}
