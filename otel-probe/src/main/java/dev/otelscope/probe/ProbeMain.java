package dev.otelscope.probe;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// The probe as a program of its own. Wrong input ends with one sentence and status 2.
public final class ProbeMain {
  private ProbeMain() {}

  public static void main(String[] arguments) {
    System.exit(commands().execute(arguments));
  }

  /// The probe, and the doctor as its subcommand.
  static CommandLine commands() {
    CommandLine commands = new CommandLine(new ProbeCommand()).addSubcommand(new DoctorCommand());
    commands.setParameterExceptionHandler((failure, words) -> refuse(failure));
    commands.setExecutionExceptionHandler((failure, line, result) -> {
      if (failure instanceof ParameterException wrong) {
        return refuse(wrong);
      }
      failure.printStackTrace(line.getErr());
      return ExitCode.SOFTWARE;
    });
    return commands;
  }

  private static int refuse(ParameterException failure) {
    PrintWriter err = failure.getCommandLine().getErr();
    err.println("probe: " + failure.getMessage());
    err.flush();
    return ExitCode.USAGE;
  }
}
