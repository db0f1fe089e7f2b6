package dev.otelscope.probe.process;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which processes are said although they have no connections.
///
/// @param names of programs, in which `*` stands for any text: `postgres`, `java*`; `all` is every
///   process that has a command line, which the kernel's own threads have not
public record ProcessSelection(List<String> names) {
  public static final ProcessSelection NONE = new ProcessSelection(List.of());
  private static final String ALL = "all";

  public ProcessSelection {
    names = names.stream().map(String::strip).toList();
    if (names.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "a selection of processes must be names like postgres,java* or all, but one is empty");
    }
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /// Tells by the name of its program whether a process is selected.
  Predicate<String> byName() {
    if (names.contains(ALL)) {
      return name -> true;
    }
    String expression =
        names.stream().map(ProcessSelection::regex).collect(Collectors.joining("|"));
    return Pattern.compile(expression).asMatchPredicate();
  }

  private static String regex(String name) {
    return Pattern.quote(name).replace("*", "\\E.*\\Q");
  }
}
