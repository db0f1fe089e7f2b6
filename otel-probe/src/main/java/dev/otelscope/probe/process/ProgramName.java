package dev.otelscope.probe.process;

import java.util.List;
import java.util.Set;

/// What a person calls a program: the name of its file, but of an interpreter that of the script it
/// runs, and of `java` the main class or jar.
///
/// | command line | name |
/// |---|---|
/// | `/usr/sbin/nginx -g …` | `nginx` |
/// | `python3 -W ignore /srv/app.py` | `app.py` |
/// | `python3 -m http.server` | `http.server` |
/// | `java -Xmx1g -cp a.jar org.example.Main` | `org.example.Main` |
/// | `bash -c 'sleep 1'` | `bash` |
/// | `gunicorn: master [shop]` (set by itself) | `gunicorn` |
/// | `httpd -f` through a link to `busybox` | `httpd` |
final class ProgramName {

  /// How an interpreter's command line is read.
  ///
  /// @param names of its executable, without a version at their end
  /// @param takeValue options whose value is the next word
  /// @param inline options whose value is the program itself: then there is no script
  /// @param module options whose value names what is run
  private record Interpreter(
      Set<String> names, Set<String> takeValue, Set<String> inline, Set<String> module) {}

  private static final List<Interpreter> INTERPRETERS =
      List.of(
          new Interpreter(Set.of("python", "pypy"), Set.of("-W", "-X"), Set.of("-c"), Set.of("-m")),
          new Interpreter(
              Set.of("node", "nodejs"),
              Set.of("-r", "--require", "--import", "--loader", "--env-file", "-C"),
              Set.of("-e", "--eval", "-p", "--print"),
              Set.of()),
          new Interpreter(Set.of("ruby"), Set.of("-I", "-r"), Set.of("-e"), Set.of()),
          new Interpreter(Set.of("perl"), Set.of("-I"), Set.of("-e", "-E"), Set.of()),
          new Interpreter(Set.of("php"), Set.of("-d", "-c"), Set.of("-r"), Set.of("-f")),
          new Interpreter(
              Set.of("sh", "bash", "dash", "ash", "zsh", "ksh"),
              Set.of("-o", "+o", "--rcfile", "--init-file"),
              Set.of("-c", "-s"),
              Set.of()),
          new Interpreter(
              Set.of("java"),
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
                  "--enable-native-access"),
              Set.of(),
              Set.of("-jar", "-m", "--module")));

  private static final int KERNEL_NAME_LENGTH = 15;

  private ProgramName() {}

  /// @param executable path, empty when unknown
  /// @param command the words, empty when unknown
  /// @param kernelName the kernel's own name of the process, at most 15 bytes
  static String of(String executable, List<String> command, String kernelName) {
    String file = fileName(executable.isEmpty() ? first(command) : executable);
    if (file.isEmpty()) {
      return kernelName;
    }
    if (isCalledOtherwise(kernelName, file, command)) {
      file = kernelName;
    }
    String plain = withoutVersion(file);
    for (Interpreter interpreter : INTERPRETERS) {
      if (interpreter.names.contains(plain)) {
        String script = script(interpreter, command);
        return script.isEmpty() ? file : script;
      }
    }
    return file;
  }

  /// Started through a link of another name, as `busybox` and `redis-check-rdb` are: then both the
  /// kernel and the command line say that name.
  private static boolean isCalledOtherwise(String kernelName, String file, List<String> command) {
    String called = fileName(first(command));
    return !called.isEmpty()
        && !file.startsWith(kernelName)
        && called.equals(kernelName)
        && kernelName.length() < KERNEL_NAME_LENGTH;
  }

  private static String script(Interpreter interpreter, List<String> command) {
    if (command.size() == 1) {
      return titleSetByItself(interpreter, command.getFirst());
    }
    for (int i = 1; i < command.size(); i++) {
      String word = command.get(i);
      if (interpreter.module.contains(word)) {
        return i + 1 < command.size() ? fileName(command.get(i + 1)) : "";
      }
      if (interpreter.inline.contains(word)) {
        return "";
      }
      if (interpreter.takeValue.contains(word)) {
        i++;
      } else if (!word.startsWith("-") && !word.startsWith("@") && !word.isEmpty()) {
        return fileName(word);
      }
    }
    return "";
  }

  /// Servers replace their command line by a title such as `gunicorn: master [shop]`.
  private static String titleSetByItself(Interpreter interpreter, String title) {
    String word = title.strip().split("[\\s:]", 2)[0];
    String name = fileName(word);
    return interpreter.names.contains(withoutVersion(name)) ? "" : name;
  }

  private static String first(List<String> command) {
    return command.isEmpty() ? "" : command.getFirst().strip().split("[\\s:]", 2)[0];
  }

  /// `/opt/a/b.py` → `b.py`; the dash of a login shell goes, too.
  private static String fileName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.length() > 1 && name.startsWith("-") ? name.substring(1) : name;
  }

  /// `python3.12` → `python`
  private static String withoutVersion(String name) {
    int end = name.length();
    while (end > 0 && (Character.isDigit(name.charAt(end - 1)) || name.charAt(end - 1) == '.')) {
      end--;
    }
    return name.substring(0, end);
  }
}
