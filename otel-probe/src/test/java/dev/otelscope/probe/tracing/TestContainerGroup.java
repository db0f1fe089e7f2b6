package dev.otelscope.probe.tracing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A control group like that of a Docker container, with nothing else of one.
final class TestContainerGroup implements AutoCloseable {
  private final Path parent;
  private final Path group;

  private TestContainerGroup(Path parent, Path group) {
    this.parent = parent;
    this.group = group;
  }

  static TestContainerGroup create() throws IOException {
    Path parent =
        Files.createDirectories(
            ControlGroups.root().resolve("otelscope-" + UUID.randomUUID()).resolve("docker"));
    String id = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    return new TestContainerGroup(parent, Files.createDirectory(parent.resolve(id)));
  }

  /// The container's id.
  String id() {
    return group.getFileName().toString();
  }

  /// Moves a process into it.
  void add(long pid) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
  }

  /// Removes it, once nothing runs in it any more.
  @Override
  public void close() {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> {
          Files.deleteIfExists(group);
          Files.deleteIfExists(parent);
          return Files.deleteIfExists(parent.getParent());
        });
  }
}
