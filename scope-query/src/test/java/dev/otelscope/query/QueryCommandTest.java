package dev.otelscope.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Port;
import dev.otelscope.views.ExternalService;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class QueryCommandTest {

  @Test
  void theDefaultsAreThoseOfTheConfiguration() {
    QueryCommand command = parse();

    assertThat(command.config()).isEqualTo(QueryConfig.DEFAULTS);
    assertThat(command.graph()).hasToString("http://127.0.0.1:4041");
  }

  @Test
  void everyOptionIsHeard() {
    QueryCommand command =
        parse(
            "--host",
            "::1",
            "--port",
            "1",
            "--graph",
            "http://192.0.2.1:9",
            "--insecure",
            "--external",
            "payments=192.0.2.0/24,2001:db8::/32");

    QueryConfig config = command.config();
    assertThat(config.host()).isEqualTo(ListenAddress.parse("::1", true));
    assertThat(config.port()).isEqualTo(Port.exactly(1));
    assertThat(command.graph()).hasToString("http://192.0.2.1:9");
    assertThat(config.externalServices())
        .contains(ExternalService.parse("payments=192.0.2.0/24,2001:db8::/32"))
        .containsAll(ExternalService.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({
    "--host, 0.0.0.0, --insecure",
    "--host, example.org, 127.0.0.1",
    "--port, 70000, 65535",
    "--port, x, --port",
    "--graph, ftp://a, http://127.0.0.1:4041",
    "--external, nonsense, name=network",
    "--nonsense, x, --nonsense",
  })
  void whatCannotBeFollowedEndsWithOneSentenceAndStatusTwo(
      String option, String value, String sentence) {
    StringWriter said = new StringWriter();
    CommandLine commandLine = QueryMain.commandLine().setErr(new PrintWriter(said));

    assertThat(commandLine.execute(option, value)).isEqualTo(2);
    assertThat(said.toString().strip()).contains(sentence).doesNotContain("\n");
  }

  private static QueryCommand parse(String... arguments) {
    QueryCommand command = new QueryCommand();
    new CommandLine(command).parseArgs(arguments);
    return command;
  }
}
