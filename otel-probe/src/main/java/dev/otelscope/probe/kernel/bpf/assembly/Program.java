package dev.otelscope.probe.kernel.bpf.assembly;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A finished program.
///
/// @param name of at most 15 letters, digits, `_` and `.`, which other tools show
/// @param words the instructions of eight bytes, as the machine reads them
/// @param texts the same for people, one for each word
public record Program(String name, List<Long> words, List<String> texts) {
  private static final int LONGEST_NAME = 15;

  public Program {
    requireNonNull(name, "name");
    if (!name.matches("[A-Za-z0-9_.]{1," + LONGEST_NAME + "}")) {
      throw new AssemblyException(
          "a program's name has 1 to 15 letters, digits, '_' and '.', unlike '" + name + "'");
    }
    words = List.copyOf(words);
    texts = List.copyOf(texts);
  }

  /// All instructions, one a line, with their numbers.
  public String listing() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      lines.append(i).append(": ").append(texts.get(i)).append('\n');
    }
    return lines.toString();
  }
}
