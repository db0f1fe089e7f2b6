package dev.otelscope.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProbeMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anUnknownOptionEndsWithOneSentenceAndStatusTwo() {
    assertThat(run("--intervall=1")).isEqualTo(2);
    assertThat(err.toString()).startsWith("probe: Unknown option").hasLineCount(1);
  }

  @Test
  void aWrongValueEndsWithOneSentenceAndStatusTwo() {
    assertThat(run("--tier=7")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("probe: --tier must be from 1 to 4, not 7");
  }

  @Test
  void helpNamesEveryOptionAndTheStandardVariables() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "--host-id", "--namespaces", "--tier", "--interval", "OTEL_EXPORTER_OTLP_ENDPOINT");
  }

  @Test
  void theDoctorSaysTheTierWhatItFoundAndWhetherTheReceiverAnswers() {
    assertThat(run("doctor")).isLessThan(2);
    assertThat(out.toString()).contains("by tier ", "connection", "ontainers", "receiver");
  }

  private int run(String... arguments) {
    CommandLine commands = ProbeMain.commands();
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }
}
