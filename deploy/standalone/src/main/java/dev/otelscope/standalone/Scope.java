package dev.otelscope.standalone;

import dev.otelscope.standalone.settings.Settings;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The program's entry: finds the command, runs it, and ends with its status: 0 for done, 2 for
/// anything the caller can put right (said in one sentence), 1 for a mistake of ours.
public final class Scope {
  private Scope() {}

  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(execute(new CommandLine(new ScopeCommand()), System.getenv(), arguments));
  }

  /// Runs the command that the arguments name.
  ///
  /// @param environment where options that they leave out are looked for
  /// @return the exit status
  static int execute(CommandLine commands, Map<String, String> environment, String... arguments) {
    Failures failures = new Failures();
    commands.setParameterExceptionHandler(failures);
    commands.setExecutionExceptionHandler(failures);
    try {
      Settings.addTo(commands, environment, arguments);
    } catch (ParameterException e) {
      return failures.handleParseException(e, arguments);
    }
    return commands.execute(arguments);
  }
}
