package dev.otelscope.probe.process;

/// Masks runs of characters that no person would write: keys and tokens without a name.
final class OpaqueWords {
  private static final int SHORTEST_HEX = 32;
  private static final int SHORTEST_BASE64 = 40;

  private OpaqueWords() {}

  /// Replaces runs of at least 32 hexadecimal digits, and of at least 40 base64 characters among
  /// which are digits and letters of both cases.
  static String mask(String text) {
    StringBuilder masked = new StringBuilder();
    int begin = 0;
    while (begin < text.length()) {
      int end = begin;
      while (end < text.length() && isOpaqueCharacter(text.charAt(end))) {
        end++;
      }
      if (end == begin) {
        masked.append(text.charAt(begin++));
      } else {
        String run = text.substring(begin, end);
        masked.append(isOpaque(run) ? SecretMask.MASK : run);
        begin = end;
      }
    }
    return masked.toString();
  }

  private static boolean isOpaque(String run) {
    return run.length() >= SHORTEST_HEX && isHex(run)
        || run.length() >= SHORTEST_BASE64 && isMixed(run);
  }

  private static boolean isHex(String run) {
    return run.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static boolean isMixed(String run) {
    return !run.startsWith("/")
        && !run.startsWith("-")
        && run.chars().anyMatch(Character::isDigit)
        && run.chars().anyMatch(Character::isUpperCase)
        && run.chars().anyMatch(Character::isLowerCase);
  }

  private static boolean isOpaqueCharacter(char c) {
    return c < 128 && Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '_' || c == '-';
  }
}
