package dev.otelscope.serving;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// A command as a program of its own.
public final class Program {
  private Program() {}

  /// Runs `command` with what stands on the command line. What the caller got wrong is said in one
  /// sentence, and the status is then 2.
  public static CommandLine of(Object command) {
    CommandLine commandLine = new CommandLine(command);
    commandLine.setParameterExceptionHandler((mistake, _) -> {
      mistake.getCommandLine().getErr().println(mistake.getMessage());
      return ExitCode.USAGE;
    });
    commandLine.setExecutionExceptionHandler((failure, running, _) -> {
      if (failure instanceof ParameterException mistake) {
        return running.getParameterExceptionHandler().handleParseException(mistake, new String[0]);
      }
      throw failure;
    });
    return commandLine;
  }
}
