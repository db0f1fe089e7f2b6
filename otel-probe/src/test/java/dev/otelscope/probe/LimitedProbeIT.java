package dev.otelscope.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.Requires.Need;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Whatever is taken away from the probe, it works by the next tier, sees a connection of its own
/// user, and says in one sentence what to give it: in programs that really lack it.
@Requires({Need.ROOT, Need.IPROUTE2, Need.SETPRIV, Need.EBPF})
class LimitedProbeIT {
  private static final int AT_ONCE = 2;

  /// What the doctor says wherever it is asked.
  private static final List<String> ALWAYS =
      List.of(
          "The probe works here by tier ",
          "It sees ",
          "No container runtime is here",
          "The receiver ",
          // Only where the kernel tracks connections, which other programs decide.
          "Translated addresses: ",
          // Names take a capability of their own, and every namespace to be entered.
          "Names: ",
          // Other programs may have namespaces that nobody can enter.
          "Not seen: ");

  private record Outcome(int status, List<String> said, List<String> saidHere) {}

  @TempDir private static Path readable;
  private static final Map<Given, Future<Outcome>> OUTCOMES = new HashMap<>();
  private static final ExecutorService STARTERS = Executors.newFixedThreadPool(AT_ONCE);

  /// So that there is always another network namespace than the program's own.
  private static TestNamespace another;

  @BeforeAll
  static void startAll() throws Exception {
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
    String classPath = copyToWhereEveryUserMayRead();
    another = TestNamespace.create();
    for (Given given : Given.ALL) {
      OUTCOMES.put(given, STARTERS.submit(() -> runAlone(given.start(), classPath)));
    }
  }

  @AfterAll
  static void stopStarting() throws IOException {
    STARTERS.shutdownNow();
    another.close();
  }

  @ParameterizedTest
  @FieldSource("dev.otelscope.probe.Given#ALL")
  void itGoesOnWithWhatIsLeftAndSaysWhatToGive(Given given) throws Exception {
    Outcome outcome = requireNonNull(OUTCOMES.get(given)).get();

    assertThat(outcome.said().getFirst())
        .startsWith("The probe works here by tier " + given.tier() + ",");
    assertThat(outcome.said())
        .filteredOn(line -> ALWAYS.stream().noneMatch(line::startsWith))
        .containsExactlyElementsOf(given.said());
    assertThat(outcome.saidHere())
        .anyMatch(line ->
            line.startsWith(
                "It sees 2 ends of connections in 1 network namespace (2 of them with their process)"));
    if (outcome.said().stream()
        .noneMatch(line -> line.startsWith("Translated") || line.startsWith("Names"))) {
      assertThat(outcome.status()).isEqualTo(given.said().isEmpty() ? 0 : 1);
    }
  }

  private static Outcome runAlone(Given.Start start, String classPath) throws Exception {
    try (TestNamespace namespace = TestNamespace.create()) {
      return run(start, namespace.name(), classPath);
    }
  }

  private static Outcome run(Given.Start start, String namespace, String classPath)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=/run/netns/" + namespace,
                "unshare",
                "--mount",
                "sh",
                "-c",
                start.setUp() + " && exec \"$@\"",
                "sh"));
    command.addAll(start.command());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            LimitedProgram.class.getName(),
            start.refused().name()));
    command.addAll(start.options());
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      List<String> said =
          new String(program.getInputStream().readAllBytes(), UTF_8).lines().toList();
      return new Outcome(
          program.waitFor(),
          behind(LimitedProgram.EVERYWHERE, said),
          behind(LimitedProgram.HERE, said));
    } finally {
      program.destroyForcibly();
    }
  }

  private static List<String> behind(String prefix, List<String> lines) {
    List<String> behind =
        lines.stream()
            .filter(line -> line.startsWith(prefix))
            .map(line -> line.substring(prefix.length()))
            .toList();
    assertThat(behind).as("all that was said: %s", lines).isNotEmpty();
    return behind;
  }

  /// Copies all classes that this test has.
  ///
  /// @return the class path of the copies
  private static String copyToWhereEveryUserMayRead() throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path copy = readable.resolve(Integer.toString(copies.size()));
      copyTree(Path.of(entry), copy);
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyTree(Path root, Path to) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) {
            return copy(from);
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) {
            return copy(from);
          }

          private FileVisitResult copy(Path from) {
            try {
              Files.copy(from, to.resolve(root.relativize(from).toString()));
              return FileVisitResult.CONTINUE;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }
}
