package dev.otelscope.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeCheckTest {
  @TempDir private Path folder;

  @Test
  void saysWhereItLookedWhenNothingIsThere() {
    Path socket = folder.resolve("docker.sock");

    assertThat(RuntimeCheck.of(List.of(socket)))
        .singleElement()
        .asString()
        .startsWith("No container runtime is here")
        .endsWith("It looked for " + socket + ".");
  }

  @Test
  void saysWhatDoesNotAnswer() throws IOException {
    Path dead = Files.createFile(folder.resolve("dead.sock"));

    assertThat(RuntimeCheck.of(List.of(dead)))
        .singleElement()
        .asString()
        .isEqualTo("Nobody names containers at " + dead + ": Connection refused.");
  }
}
