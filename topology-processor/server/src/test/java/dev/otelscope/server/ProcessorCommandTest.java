package dev.otelscope.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Port;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProcessorCommandTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine = ProcessorMain.commandLine().setErr(new PrintWriter(err));

  @Test
  void withoutOptionsItIsTheDefaults() {
    assertThat(configOf()).isEqualTo(ProcessorConfig.DEFAULTS);
  }

  @Test
  void everyOptionSaysWhatItSets() {
    ProcessorConfig config =
        configOf(
            "--host=0.0.0.0",
            "--otlp-http-port=14318",
            "--otlp-grpc-port=14317",
            "--graph-port=14041",
            "--insecure");

    assertThat(config)
        .isEqualTo(
            ProcessorConfig.DEFAULTS
                .withHost(ListenAddress.parse("0.0.0.0", true))
                .withPorts(
                    Port.exactly(14_318), Port.exactly(14_317), Optional.of(Port.exactly(14_041))));
  }

  @Test
  void aTakenPortEndsWithOneSentenceAndStatus2() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int status =
          commandLine.execute(
              "--otlp-grpc-port=0", "--graph-port=0", "--otlp-http-port=" + taken.getLocalPort());

      assertThat(status).isEqualTo(2);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("OTLP/HTTP cannot listen on port " + taken.getLocalPort());
    }
  }

  @Test
  void aWiderAddressEndsWithOneSentenceAndStatus2() {
    assertThat(commandLine.execute("--host=0.0.0.0")).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("--insecure");
  }

  @Test
  void anUnknownOptionEndsWithOneSentenceAndStatus2() {
    assertThat(commandLine.execute("--otlp-port=1")).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("--otlp-port");
  }

  private static ProcessorConfig configOf(String... arguments) {
    ProcessorCommand command = new ProcessorCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.config();
  }
}
