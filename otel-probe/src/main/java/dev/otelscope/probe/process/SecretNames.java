package dev.otelscope.probe.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells which options, variables and fields hold secrets, by their names alone.
final class SecretNames {
  /// Anywhere in a name, without regard to case, `-`, `_` and `.`
  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "privatekey",
          "authkey",
          "signingkey",
          "encryptionkey",
          "accountkey",
          "storagekey",
          "sharedkey",
          "credential",
          "connectionstring",
          "authorization",
          "setcookie");

  /// A whole word of a name, words being parted by `-`, `_`, `.` or a change of case.
  private static final Set<String> WORDS =
      Set.of("pass", "pwd", "pw", "auth", "cookie", "psk", "sas", "dsn", "jwt", "bearer", "salt");

  /// A name that ends so says where the secret is, or something about it, not the secret.
  private static final Set<String> HARMLESS_ENDS =
      Set.of("file", "path", "dir", "directory", "ttl", "timeout", "length", "enabled", "mode");

  private final List<String> parts;

  /// @param more further parts of names
  SecretNames(Collection<String> more) {
    parts = new ArrayList<>(PARTS);
    for (String part : more) {
      parts.add(squeezed(part));
    }
  }

  /// Whether what this name holds must not be shown: `--db-password`, `API_KEY`,
  /// `spring.mail.auth`.
  boolean isSecret(String name) {
    String[] words = words(name);
    if (words.length == 0 || HARMLESS_ENDS.contains(words[words.length - 1])) {
      return false;
    }
    for (String word : words) {
      if (WORDS.contains(word)) {
        return true;
      }
    }
    String squeezed = squeezed(name);
    return parts.stream().anyMatch(squeezed::contains);
  }

  private static String[] words(String name) {
    StringBuilder spread = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean begins =
          Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1));
      spread.append(begins ? " " : "").append(Character.isLetterOrDigit(c) ? c : ' ');
    }
    String text = spread.toString().toLowerCase(Locale.ROOT).strip();
    return text.isEmpty() ? new String[0] : text.split(" +", -1);
  }

  private static String squeezed(String name) {
    StringBuilder squeezed = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLetterOrDigit(name.charAt(i))) {
        squeezed.append(Character.toLowerCase(name.charAt(i)));
      }
    }
    return squeezed.toString();
  }
}
