package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What people call a process: the name of its executable, or of its script when the executable
/// only interprets one.
final class ProcessName {
  private static final Pattern INTERPRETER =
      Pattern.compile("(python|ruby|perl|node|php|bash|dash|sh|zsh|lua)[0-9.]*");

  /// Options of interpreters after which there is no script, but its text.
  private static final Set<String> INLINE = Set.of("-c", "-e", "-r", "-", "--eval");

  private ProcessName() {}

  static String of(Entity process) {
    String executable = executable(process);
    return INTERPRETER.matcher(executable).matches()
        ? script(process.text(AttributeNames.PROCESS_COMMAND_LINE), executable)
        : executable;
  }

  private static String executable(Entity process) {
    String name = process.text(AttributeNames.PROCESS_EXECUTABLE_NAME);
    if (!name.isBlank()) {
      return name;
    }
    String path = process.text(AttributeNames.PROCESS_EXECUTABLE_PATH);
    return path.isBlank() ? "pid " + process.id().value(1) : fileName(path);
  }

  private static String script(String commandLine, String interpreter) {
    List<String> words = List.of(commandLine.strip().split("\\s+"));
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (INLINE.contains(word)) {
        return interpreter;
      }
      if (word.equals("-m") && i + 1 < words.size()) {
        return words.get(i + 1);
      }
      if (!word.startsWith("-")) {
        String name = fileName(word);
        return name.isEmpty() ? interpreter : name;
      }
    }
    return interpreter;
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
