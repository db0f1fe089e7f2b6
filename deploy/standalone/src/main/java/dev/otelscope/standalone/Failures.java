package dev.otelscope.standalone;

import dev.otelscope.standalone.settings.Nearest;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one sentence what stopped a command. What the caller can put right ends with status 2;
/// everything else is a mistake of ours and comes with its stack trace and status 1.
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String sentence =
        failure instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched)
            : asSentence(failure);
    say(command, sentence + " See '%s help'.".formatted(command.getCommandSpec().root().name()));
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ParameterException parameter) {
        return handleParseException(parameter, new String[0]);
      }
      if (cause instanceof StartException || cause instanceof BindException) {
        say(command, asSentence(cause));
        return ExitCode.USAGE;
      }
    }
    failure.printStackTrace(command.getErr());
    return ExitCode.SOFTWARE;
  }

  private static String unknown(UnmatchedArgumentException failure) {
    CommandLine command = failure.getCommandLine();
    String word = failure.getUnmatched().getFirst();
    boolean isOption = word.startsWith("-");
    List<String> known =
        isOption
            ? new ArrayList<>(command.getCommandSpec().optionsMap().keySet())
            : new ArrayList<>(command.getSubcommands().keySet());
    String sentence = "Unknown %s '%s'".formatted(isOption ? "option" : "command", word);
    return known.isEmpty()
        ? sentence + "."
        : sentence + "; did you mean '%s'?".formatted(Nearest.to(word, known));
  }

  private static void say(CommandLine command, String sentence) {
    command.getErr().println("scope: " + sentence);
  }

  private static String asSentence(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }
}
