package dev.otelscope.views;

import java.util.List;
import java.util.Locale;

/// The words in which a node is searched: its label, sublabel and attributes, without regard to
/// case.
final class NodeText {
  private NodeText() {}

  /// Whether each of the words is somewhere in the node.
  ///
  /// @param words in lower case
  static boolean contains(ViewNode node, List<String> words) {
    return words.stream().allMatch(word -> contains(node, word));
  }

  private static boolean contains(ViewNode node, String word) {
    return has(node.label(), word)
        || has(node.sublabel(), word)
        || node.attributes().values().stream().anyMatch(value -> has(value, word));
  }

  private static boolean has(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word);
  }
}
