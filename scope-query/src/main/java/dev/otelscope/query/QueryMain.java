package dev.otelscope.query;

import dev.otelscope.serving.Program;
import picocli.CommandLine;

/// The query service as a program of its own.
public final class QueryMain {
  private QueryMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Program.of(new QueryCommand());
  }
}
