package dev.otelscope.query;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// The query service as a program of its own.
public final class QueryMain {
  private QueryMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /// Says what the caller got wrong in one sentence and ends with 2.
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new QueryCommand());
    commandLine.setParameterExceptionHandler((mistake, _) -> {
      mistake.getCommandLine().getErr().println(mistake.getMessage());
      return ExitCode.USAGE;
    });
    commandLine.setExecutionExceptionHandler((failure, command, _) -> {
      if (failure instanceof ParameterException mistake) {
        return command.getParameterExceptionHandler().handleParseException(mistake, new String[0]);
      }
      throw failure;
    });
    return commandLine;
  }
}
