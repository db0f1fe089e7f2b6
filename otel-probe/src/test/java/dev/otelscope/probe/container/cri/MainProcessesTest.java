package dev.otelscope.probe.container.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.container.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainProcessesTest {
  private static final String ID = "5e4d".repeat(16);

  @TempDir private Path proc;

  @Test
  void theProcessThatTheRuntimeNamesIsTakenIfItIsInTheContainer() throws IOException {
    process(7, ID);
    process(8, ID);

    assertThat(find(8)).isEqualTo(8);
  }

  @Test
  void aRuntimeThatCountsOtherwiseIsCorrected() throws IOException {
    process(7, "0000".repeat(16));
    process(4712, ID);
    process(4711, ID);

    assertThat(find(7)).isEqualTo(4711);
  }

  @Test
  void aContainerThatCannotBeSeenHasNoProcess() throws IOException {
    process(7, "0000".repeat(16));

    assertThat(find(7)).isZero();
    assertThat(find(9)).isZero();
  }

  private int find(int pid) throws IOException {
    return new MainProcesses(proc)
        .find(new ContainerStatus(ID, "web", 0, ContainerState.RUNNING, "", "", Map.of(), pid));
  }

  private void process(int pid, String container) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.writeString(
        folder.resolve("cgroup"), "4:memory:/kubepods/besteffort/" + container + "\n0::/init\n");
  }
}
