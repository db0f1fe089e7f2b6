package dev.otelscope.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.Requires.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What remains for a user without any privileges, in a program that really has none.
@Requires({Need.ROOT, Need.IPROUTE2, Need.SETPRIV})
class UnprivilegedIT {
  @TempDir private Path readable;

  @BeforeEach
  void copyClassesToWhereEveryUserMayReadThem() throws Exception {
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Class<?> each : List.of(Probe.class, UnprivilegedProgram.class, IpAddress.class)) {
      copy(Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
  }

  @Test
  void ownConnectionsAreSeenThroughTier3WithTheirProcess() throws Exception {
    List<String> lines = run();

    assertThat(lines).contains("tier 3");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("reason tier 2") && line.contains("CAP_SYS_ADMIN"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("socket"))
        .hasSize(2)
        .allMatch(line -> line.contains(UnprivilegedProgram.class.getName()))
        .noneMatch(line -> line.endsWith("by root"));
  }

  @Test
  void ownConnectionsAreSeenThroughTier4WithTheirProcess() throws Exception {
    List<String> lines = run("PROC");

    assertThat(lines).contains("tier 4", "reason tier 4 is the best one that was asked for");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("socket"))
        .hasSize(2)
        .allMatch(line -> line.contains(UnprivilegedProgram.class.getName()));
  }

  private List<String> run(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                readable.toString(),
                UnprivilegedProgram.class.getName()));
    command.addAll(List.of(arguments));
    try (TestNamespace namespace = TestNamespace.create()) {
      Process program = namespace.start(command.toArray(String[]::new));
      return new String(program.getInputStream().readAllBytes(), UTF_8).lines().toList();
    }
  }

  private void copy(Path classes) throws IOException {
    if (!Files.isDirectory(classes)) {
      unpack(classes);
      return;
    }
    copyTree(classes);
  }

  /// A module that was packaged comes as an archive.
  private void unpack(Path archive) throws IOException {
    try (var files = java.nio.file.FileSystems.newFileSystem(archive)) {
      copyTree(files.getPath("/"));
    }
  }

  private void copyTree(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> copyFile(file, readable.resolve(root.relativize(file).toString())));
    }
  }

  private static void copyFile(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      if (!Files.exists(to)) {
        Files.copy(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
