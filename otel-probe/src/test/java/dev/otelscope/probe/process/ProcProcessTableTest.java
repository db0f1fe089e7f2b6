package dev.otelscope.probe.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Against this machine's `/proc`, in which this very process is one that is known.
class ProcProcessTableTest {
  private static final int OWN = Math.toIntExact(ProcessHandle.current().pid());

  private final ProcProcessTable processes = table(CommandLines.masked(List.of()));

  private static ProcProcessTable table(CommandLines commandLines) {
    try {
      return new ProcProcessTable(
          Path.of("/proc"), Path.of("/etc/passwd"), commandLines, process -> Optional.empty());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void selectsByTheNamesOfPrograms() {
    ProcessIdentity own = processes.identityOf(OWN).orElseThrow();
    String name = processes.facts(own).orElseThrow().name();
    String beginning = name.substring(0, 1) + "*";

    assertThat(processes.selected(new ProcessSelection(List.of("no-such", name)))).contains(own);
    assertThat(processes.selected(new ProcessSelection(List.of(beginning)))).contains(own);
    assertThat(processes.selected(new ProcessSelection(List.of("all")))).contains(own);
    assertThat(processes.selected(new ProcessSelection(List.of(name + "?")))).isEmpty();
    assertThat(processes.selected(ProcessSelection.NONE)).isEmpty();
  }

  @Test
  void theKernelsOwnThreadsAreNoProcessesToSelect() {
    assertThat(processes.selected(new ProcessSelection(List.of("all"))))
        .allSatisfy(process ->
            assertThat(processes.facts(process).map(ProcessFacts::commandLine))
                .isNotEqualTo(Optional.of(List.of())));
  }

  @Test
  void countsOpenFiles() {
    ProcessIdentity own = processes.identityOf(OWN).orElseThrow();

    assertThat(processes.usage(own).orElseThrow().descriptors().orElseThrow()).isGreaterThan(3);
  }

  @Test
  void aHiddenCommandLineIsTheProgramAlone() {
    ProcProcessTable discreet = table(CommandLines.hidden());
    ProcessIdentity own = discreet.identityOf(OWN).orElseThrow();

    assertThat(discreet.facts(own).orElseThrow().commandLine()).hasSize(1);
    assertThat(processes.facts(own).orElseThrow().commandLine()).hasSizeGreaterThan(1);
  }
}
