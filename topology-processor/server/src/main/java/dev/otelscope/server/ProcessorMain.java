package dev.otelscope.server;

import dev.otelscope.serving.Program;
import picocli.CommandLine;

/// The processor as a program of its own.
public final class ProcessorMain {
  private ProcessorMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Program.of(new ProcessorCommand());
  }
}
