package dev.otelscope.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.standalone.kit.ScopeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `scope` in a copy of the tree, with a JDK, a Maven and a Node.js that only say how
/// they were called.
class LauncherTest {
  private static final String BUILT = "deploy/standalone/target/dist.built";

  private record Ended(int status, String out, String err) {}

  private final Map<String, String> environment = new HashMap<>();
  private Path tree;
  private Path programs;

  @TempDir Path folder;

  @BeforeEach
  void copyTheTree() throws IOException {
    tree = Files.createDirectories(folder.resolve("a tree/with blanks"));
    Files.copy(ScopeProcess.script(), tree.resolve("scope"));
    for (String source :
        new String[] {
          "pom.xml",
          "otel-probe/src/main/java/Probe.java",
          "topology-processor/pom.xml",
          "scope-query/pom.xml",
          "grafana-plugin/package.json",
          "deploy/standalone/pom.xml"
        }) {
      write(source, "");
    }
    programs = Files.createDirectories(folder.resolve("programs"));
    program(
        programs.resolve("mvn"),
        """
        echo "$JAVA_HOME mvn $*" >> "%s"
        echo '[INFO] Building OTLP 0.1.0-SNAPSHOT                      [3/9]'
        mkdir -p deploy/standalone/target/dist/lib
        touch deploy/standalone/target/dist/lib/b.jar deploy/standalone/target/dist/lib/a.jar
        """
            .formatted(folder.resolve("calls")));
    program(programs.resolve("npm"), "");
    program(programs.resolve("node"), "echo v20.19.0");
    environment.put("JAVA_HOME", jdk("26.0.1").toString());
    environment.put("PATH", programs + ":" + System.getenv("PATH"));
  }

  @Test
  void buildsOnceThenRunsWhatItBuilt() throws Exception {
    Ended first = scope("processor", "--host", "a b");
    assertThat(first.err()).contains("[3/9] OTLP");
    assertThat(first.status()).isZero();
    assertThat(first.out())
        .contains(jar("a.jar") + ":" + jar("b.jar") + "\n")
        .endsWith("dev.otelscope.standalone.Scope\nprocessor\n--host\na b\n");

    assertThat(scope("up").err()).isEmpty();
    assertThat(mavenCalls()).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceChangedOrWentAway() throws Exception {
    scope("up");
    age();
    write("otel-probe/src/main/java/Probe.java", "class Probe {}");
    scope("up");
    assertThat(mavenCalls()).hasSize(2);

    age();
    Files.delete(tree.resolve("otel-probe/src/main/java/Probe.java"));
    scope("up");
    assertThat(mavenCalls()).hasSize(3);
  }

  @Test
  void whatIsNoPartOfTheProgramDoesNotBuild() throws Exception {
    scope("up");
    age();
    write("otel-probe/src/test/java/ProbeTest.java", "");
    write("grafana-plugin/node_modules/react/index.js", "");
    write("grafana-plugin/packages/ui/dist/index.js", "");
    write("docs/api.md", "");
    scope("up");

    assertThat(mavenCalls()).hasSize(1);
  }

  @Test
  void worksThroughLinksAndFromAnywhere() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a tree/with blanks/scope"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);

    assertThat(run(Path.of("/"), second.toString(), "up").status()).isZero();
  }

  @Test
  void mavenRunsOnTheJdkThatWasFound() throws Exception {
    scope("up");

    assertThat(mavenCalls()).first().asString().startsWith(environment.get("JAVA_HOME") + " mvn ");
  }

  @Test
  void aNewerJdkOnThePathIsTakenWhenJavaHomeIsOlder() throws Exception {
    environment.put("JAVA_HOME", jdk("17.0.9").toString());
    environment.put("PATH", jdk("27").resolve("bin") + ":" + environment.get("PATH"));

    assertThat(scope("up").status()).isZero();
    assertThat(mavenCalls()).first().asString().contains("jdk-27");
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLogAndSaysWhereItIs() throws Exception {
    program(programs.resolve("mvn"), "echo '[ERROR] cannot find symbol'; exit 1");
    Ended ended = scope("up");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "cannot find symbol", "the build failed", tree.resolve("target/build.log").toString());
    assertThat(Files.exists(tree.resolve(BUILT))).isFalse();
  }

  @Test
  void anOldNodeIsOneSentence() throws Exception {
    program(programs.resolve("node"), "echo v18.20.4");
    Ended ended = scope("up");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).containsOnlyOnce("\n").contains("18.20.4").contains("Node.js 20");
  }

  @Test
  void aMissingMavenOrNpmIsOneSentence() throws Exception {
    environment.put("PATH", onlyWhatTheScriptNeeds().toString());
    assertThat(scope("up").err()).containsOnlyOnce("\n").contains("install Maven");

    Files.copy(programs.resolve("mvn"), onlyWhatTheScriptNeeds().resolve("mvn"), COPY_ATTRIBUTES);
    Ended ended = scope("up");
    assertThat(ended.err()).containsOnlyOnce("\n").contains("install Node.js");
    assertThat(ended.status()).isEqualTo(2);
  }

  @Test
  void theCacheIsUsedWhenThereIsOne() throws Exception {
    scope("up");
    assertThat(scope("up").out()).doesNotContain("AOTCache");

    write("deploy/standalone/target/dist/scope.aot", "");
    Path cache = tree.resolve("deploy/standalone/target/dist/scope.aot");
    assertThat(scope("up").out()).contains("-XX:AOTCache=" + cache + "\n");
    assertThat(scope("version").out()).doesNotContain("AOTCache");
  }

  @Test
  void theProbeRunsFromItsOwnDistributionWhenThereIsOne() throws Exception {
    scope("up");
    assertThat(scope("probe").out()).endsWith("dev.otelscope.standalone.Scope\nprobe\n");

    Path bin = Files.createDirectories(tree.resolve("deploy/probe/target/dist/bin"));
    program(bin.resolve("otelscope-probe"), "printf '%s\n' \"$JAVA_HOME\" \"$@\"");
    String jdk = environment.get("JAVA_HOME") + "\n";
    assertThat(scope("probe", "--host-id", "a b").out()).isEqualTo(jdk + "--host-id\na b\n");
    assertThat(scope("doctor", "--tier", "2").out()).isEqualTo(jdk + "doctor\n--tier\n2\n");
  }

  @Test
  void onlyTheWholeProgramKnowsConfigurationFiles() throws Exception {
    scope("up");
    Path bin = Files.createDirectories(tree.resolve("deploy/probe/target/dist/bin"));
    program(bin.resolve("otelscope-probe"), "echo alone");

    String whole = "dev.otelscope.standalone.Scope\nprobe\n";
    assertThat(scope("probe", "--config", "x").out()).endsWith(whole + "--config\nx\n");
    assertThat(scope("probe", "--config=x").out()).endsWith(whole + "--config=x\n");
    environment.put("OTELSCOPE_CONFIG", "x");
    assertThat(scope("probe").out()).endsWith(whole);
  }

  @Test
  void optionsOfTheVirtualMachineCanBeAdded() throws Exception {
    environment.put("OTELSCOPE_JAVA_OPTS", "-Xmx77m -Dx=y");

    assertThat(scope("up").out()).contains("\n-Xmx77m\n-Dx=y\n");
  }

  private Path jar(String name) {
    return tree.resolve("deploy/standalone/target/dist/lib").resolve(name);
  }

  private Path onlyWhatTheScriptNeeds() throws IOException {
    Path needed = folder.resolve("needed");
    if (!Files.exists(needed)) {
      Files.createDirectories(needed);
      for (String name :
          List.of(
              "bash",
              "dirname",
              "readlink",
              "sed",
              "find",
              "head",
              "mkdir",
              "touch",
              "tail",
              "tee",
              "mv",
              "flock")) {
        Files.copy(Path.of("/usr/bin", name), needed.resolve(name), COPY_ATTRIBUTES);
      }
    }
    return needed;
  }

  private Path jdk(String version) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(jdk.resolve("bin"));
    program(jdk.resolve("bin/javac"), "");
    program(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    return jdk;
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String file, String text) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /// Makes the last build an hour old, and everything before it older.
  private void age() throws IOException {
    Instant anHourAgo = Instant.now().minusSeconds(3600);
    try (var files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(anHourAgo.minusSeconds(3600)));
      }
    }
    Files.setLastModifiedTime(tree.resolve(BUILT), FileTime.from(anHourAgo));
  }

  private List<String> mavenCalls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private Ended scope(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = tree.resolve("scope").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return run(folder, command);
  }

  private Ended run(Path where, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().remove("OTELSCOPE_BUILD");
    builder.environment().putAll(environment);
    Path err = folder.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }
}
