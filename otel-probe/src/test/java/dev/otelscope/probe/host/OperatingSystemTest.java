package dev.otelscope.probe.host;

import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatingSystemTest {
  private static final String KERNEL = ", kernel " + System.getProperty("os.version");

  @TempDir Path folder;

  @Test
  void isWhatTheFirstReadableFileNames() throws IOException {
    Path missing = folder.resolve("missing");
    Path empty = writeString(folder.resolve("empty"), "# nothing\n");
    Path debian =
        writeString(
            folder.resolve("debian"),
            "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID='12'\n");
    Path other = writeString(folder.resolve("other"), "NAME=Other\n");

    assertThat(OperatingSystem.ofFiles(List.of(missing, empty, debian, other)))
        .contains(new OperatingSystem("linux", "12", "Debian GNU/Linux 12 (bookworm)" + KERNEL));
  }

  @Test
  void aRollingDistributionHasNoVersion() throws IOException {
    Path arch = writeString(folder.resolve("arch"), "NAME=\"Arch Linux\"\nID=arch\n");

    assertThat(OperatingSystem.ofFiles(List.of(arch)))
        .contains(new OperatingSystem("linux", "", "Arch Linux" + KERNEL));
  }

  @Test
  void isUnknownWithoutAnyFile() {
    assertThat(OperatingSystem.ofFiles(List.of(folder.resolve("missing")))).isEmpty();
  }

  @Test
  void ofThisMachineIsKnown() {
    assertThat(OperatingSystem.ofThisMachine().description()).isNotBlank();
  }
}
