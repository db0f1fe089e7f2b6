package dev.otelscope.probe;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// The probe as a program of its own. Wrong input ends with one sentence and status 2.
public final class ProbeMain {
  private ProbeMain() {}

  public static void main(String[] arguments) {
    System.exit(execute(new CommandLine(new ProbeCommand()), arguments));
  }

  static int execute(CommandLine command, String... arguments) {
    command.addSubcommand(new DoctorCommand());
    command.setParameterExceptionHandler((failure, words) -> refuse(failure));
    command.setExecutionExceptionHandler((failure, line, result) -> {
      if (failure instanceof ParameterException wrong) {
        return refuse(wrong);
      }
      failure.printStackTrace(line.getErr());
      return ExitCode.SOFTWARE;
    });
    return command.execute(arguments);
  }

  private static int refuse(ParameterException failure) {
    PrintWriter err = failure.getCommandLine().getErr();
    err.println("probe: " + failure.getMessage());
    err.flush();
    return ExitCode.USAGE;
  }
}
