package dev.otelscope.server;

import picocli.CommandLine;

/// The processor as a program of its own.
public final class ProcessorMain {
  private ProcessorMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /// Says what the caller got wrong in one sentence and ends with 2.
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new ProcessorCommand());
    commandLine.setParameterExceptionHandler((mistake, arguments) -> {
      mistake.getCommandLine().getErr().println(mistake.getMessage());
      return CommandLine.ExitCode.USAGE;
    });
    commandLine.setExecutionExceptionHandler((failure, command, result) -> {
      if (failure instanceof CommandLine.ParameterException mistake) {
        return command.getParameterExceptionHandler().handleParseException(mistake, new String[0]);
      }
      throw failure;
    });
    return commandLine;
  }
}
