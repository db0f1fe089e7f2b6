package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What people call a process: the name of its executable, but of an interpreter that of the script
/// it runs, and of `java` the main class or jar.
///
/// | executable, command line | `full` | `label` |
/// |---|---|---|
/// | `nginx`, `nginx: worker process` | `nginx` | `nginx` |
/// | `python3`, `python3 -u /srv/app.py` | `app.py` | `app.py` |
/// | `java`, `java -cp lib/* kafka.Kafka` | `kafka.Kafka` | `Kafka` |
/// | `java`, `java -cp lib/* org.example.shop.Main` | `org.example.shop.Main` | `shop.Main` |
/// | `java`, `java -jar /srv/shop.jar` | `shop.jar` | `shop.jar` |
///
/// @param full what tells the program from others: processes of one full name are one program
/// @param label what is written on the map
record ProcessName(String full, String label) {
  private static final Pattern INTERPRETER =
      Pattern.compile("(python|ruby|perl|node|php|bash|dash|sh|zsh|lua)[0-9.]*");

  /// Options of interpreters after which there is no script, but its text.
  private static final Set<String> INLINE = Set.of("-c", "-e", "-r", "-", "--eval");

  private static final String JAVA = "java";

  /// Options of `java` whose value is the next word.
  private static final Set<String> JAVA_OPTIONS =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--add-modules",
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--enable-native-access");

  private static final Set<String> JAVA_PROGRAM = Set.of("-jar", "-m", "--module");

  /// Names of classes that say nothing without their package.
  private static final Pattern COMMONPLACE =
      Pattern.compile("(App|Application|Bootstrap|Launcher|Main|Program|Run|Runner|Server)(Kt)?");

  static ProcessName of(Entity process) {
    String executable = executable(process);
    String commandLine = process.text(AttributeNames.PROCESS_COMMAND_LINE);
    if (executable.equals(JAVA)) {
      return ofJava(javaProgram(commandLine));
    }
    if (isJava(process, commandLine)) {
      return ofJava(executable);
    }
    String name =
        INTERPRETER.matcher(executable).matches() ? script(commandLine, executable) : executable;
    return new ProcessName(name, name);
  }

  private static String executable(Entity process) {
    String name = process.text(AttributeNames.PROCESS_EXECUTABLE_NAME);
    if (!name.isBlank()) {
      return name;
    }
    String path = process.text(AttributeNames.PROCESS_EXECUTABLE_PATH);
    return path.isBlank() ? "pid " + process.id().value(1) : fileName(path);
  }

  /// Whether a name that is not `java` is that of a program which `java` runs, as the probe says
  /// it.
  private static boolean isJava(Entity process, String commandLine) {
    String path = process.text(AttributeNames.PROCESS_EXECUTABLE_PATH);
    return fileName(path.isBlank() ? words(commandLine).getFirst() : path).equals(JAVA);
  }

  /// A class goes by its simple name, together with the last word of its package where that name
  /// alone is commonplace.
  private static ProcessName ofJava(String program) {
    int dot = program.lastIndexOf('.');
    if (dot < 0 || program.endsWith(".jar")) {
      return new ProcessName(program, program);
    }
    String simple = program.substring(dot + 1);
    int before = program.lastIndexOf('.', dot - 1);
    return new ProcessName(
        program, COMMONPLACE.matcher(simple).matches() ? program.substring(before + 1) : simple);
  }

  private static String javaProgram(String commandLine) {
    List<String> words = words(commandLine);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (JAVA_PROGRAM.contains(word)) {
        return i + 1 < words.size() ? fileName(words.get(i + 1)) : JAVA;
      }
      if (JAVA_OPTIONS.contains(word)) {
        i++;
      } else if (!word.startsWith("-") && !word.startsWith("@")) {
        return word;
      }
    }
    return JAVA;
  }

  private static String script(String commandLine, String interpreter) {
    List<String> words = words(commandLine);
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

  /// At least one, which may be empty.
  private static List<String> words(String commandLine) {
    return List.of(commandLine.strip().split("\\s+"));
  }

  /// `/srv/shop.jar` and `module/org.example.Main` without what is before the last slash.
  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
