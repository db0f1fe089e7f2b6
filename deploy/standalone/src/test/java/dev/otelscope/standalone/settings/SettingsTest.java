package dev.otelscope.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class SettingsTest {

  @Command(name = "root")
  static final class Root {}

  @Command(name = "go")
  static final class Go implements Runnable {
    @Option(names = "--port", defaultValue = "4040")
    int port;

    @Option(names = {"-q", "--quick-start"})
    boolean quick;

    @Option(names = "--zones", split = ",")
    @Nullable List<String> zones;

    @Override
    public void run() {}
  }

  private final Go go = new Go();

  @TempDir Path folder;

  @Test
  void nothingSaidMeansTheDefault() {
    run(Map.of(), "go");

    assertThat(go.port).isEqualTo(4040);
    assertThat(go.quick).isFalse();
    assertThat(go.zones).isNull();
  }

  @Test
  void theCommandLineIsStrongerThanTheEnvironmentAndThatIsStrongerThanTheFile() {
    String file = file("port = 1", "zones = a,b", "quick-start = true");

    run(Map.of(), "go", "--config", file);
    assertThat(go.port).isEqualTo(1);
    assertThat(go.zones).containsExactly("a", "b");
    assertThat(go.quick).isTrue();

    run(Map.of("OTELSCOPE_PORT", "2", "OTELSCOPE_QUICK_START", "false"), "go", "--config=" + file);
    assertThat(go.port).isEqualTo(2);
    assertThat(go.quick).isFalse();

    run(Map.of("OTELSCOPE_PORT", "2"), "go", "--config", file, "--port", "3");
    assertThat(go.port).isEqualTo(3);
  }

  @Test
  void theFileMayBeNamedByTheEnvironment() {
    run(Map.of("OTELSCOPE_CONFIG", file("port: 7")), "go");

    assertThat(go.port).isEqualTo(7);
  }

  @Test
  void aFlagSaidTwiceIsStillSet() {
    run(Map.of("OTELSCOPE_QUICK_START", "true"), "go", "--quick-start");

    assertThat(go.quick).isTrue();
  }

  @Test
  void anUnknownKeyStopsTheStartAndNamesTheNearestKnownOne() {
    String file = file("quik-start = true");

    assertThatThrownBy(() -> run(Map.of(), "go", "--config", file))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("'quik-start'")
        .hasMessageContaining("'quick-start'")
        .hasMessageContaining(file);
  }

  @Test
  void aFileThatIsNotThereStopsTheStart() {
    assertThatThrownBy(() -> run(Map.of(), "go", "--config", "/nowhere/scope.properties"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("/nowhere/scope.properties");
  }

  private void run(Map<String, String> environment, String... arguments) {
    CommandLine commands = new CommandLine(new Root()).addSubcommand(go);
    Settings.addTo(commands, environment, arguments);
    commands.setExecutionExceptionHandler((failure, command, result) -> {
      throw failure;
    });
    assertThat(commands.execute(arguments)).as("status").isZero();
  }

  private String file(String... lines) {
    try {
      return Files.write(folder.resolve("scope.properties"), Stream.of(lines).toList()).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
