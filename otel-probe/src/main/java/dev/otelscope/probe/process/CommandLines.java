package dev.otelscope.probe.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// How command lines are shown outside the host: with secrets masked, or not at all.
public final class CommandLines {
  /// More than this of one word, or more words, help nobody.
  private static final int LONGEST_WORD = 1024;

  private static final int MOST_WORDS = 128;

  private final SecretMask mask;
  private final boolean shown;

  private CommandLines(SecretMask mask, boolean shown) {
    this.mask = mask;
    this.shown = shown;
  }

  /// Shown, with what looks secret replaced by [SecretMask#MASK].
  ///
  /// @param secretNames further parts of names whose values are secret, beside the known ones
  public static CommandLines masked(Collection<String> secretNames) {
    return new CommandLines(new SecretMask(new SecretNames(secretNames)), true);
  }

  /// Only the first word, the program.
  public static CommandLines hidden() {
    return new CommandLines(new SecretMask(new SecretNames(List.of())), false);
  }

  /// The words of a command line that may leave the host.
  List<String> shown(List<String> words) {
    List<String> cut = new ArrayList<>();
    for (String word : words.subList(0, Math.min(words.size(), shown ? MOST_WORDS : 1))) {
      cut.add(word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "…" : word);
    }
    if (words.size() > MOST_WORDS && shown) {
      cut.add("…");
    }
    return mask.mask(cut);
  }

  /// Takes `/proc/<pid>/cmdline` apart: each word ends with a zero byte, and a title that the
  /// process set by itself may be followed by many.
  static List<String> words(String cmdline) {
    int end = cmdline.length();
    while (end > 0 && cmdline.charAt(end - 1) == 0) {
      end--;
    }
    return end == 0 ? List.of() : Arrays.asList(cmdline.substring(0, end).split("\0", -1));
  }
}
