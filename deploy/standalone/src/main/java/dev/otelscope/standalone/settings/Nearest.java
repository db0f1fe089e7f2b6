package dev.otelscope.standalone.settings;

import java.util.Collection;
import java.util.Comparator;

/// What somebody probably meant.
public final class Nearest {
  private Nearest() {}

  /// The word of `known` that the fewest insertions, deletions and replacements of characters make
  /// of `word`; the first of several.
  ///
  /// @throws IllegalArgumentException when nothing is known
  public static String to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .orElseThrow(() -> new IllegalArgumentException("no words to choose from"));
  }

  /// Levenshtein's distance, row by row.
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
