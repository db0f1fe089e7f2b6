package dev.otelscope.probe.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Replaces what looks secret in a command line. Rather masks too much than too little; takes time
/// in proportion to the length.
///
/// | what | example | shown |
/// |---|---|---|
/// | value of a name that looks secret | `--password=x`, `API_KEY=x`, `-Ddb.pwd=x` | `--password=***` |
/// | the next word after such an option | `--token x` | `--token ***` |
/// | the same inside a longer word | `host=a password=b`, `{"token":"x"}` | `host=a password=***` |
/// | a header | `Authorization: Bearer x` | `Authorization: ***` |
/// | a short option of a program known for it | `mysql -px`, `redis-cli -a x` | `mysql -p***` |
/// | user and password in a URL | `redis://u:p@host/0` | `redis://***@host/0` |
/// | a long word of hexadecimal digits or base64 | 32 digits, 40 letters | `***` |
final class SecretMask {
  static final String MASK = "***";

  /// Short options whose value, attached or as the next word, is secret.
  private static final Map<String, Set<String>> SHORT_OPTIONS =
      Map.ofEntries(
          Map.entry("mysql", Set.of("-p")),
          Map.entry("mysqldump", Set.of("-p")),
          Map.entry("mysqladmin", Set.of("-p")),
          Map.entry("mariadb", Set.of("-p")),
          Map.entry("mariadb-dump", Set.of("-p")),
          Map.entry("mongo", Set.of("-p")),
          Map.entry("mongosh", Set.of("-p")),
          Map.entry("mongodump", Set.of("-p")),
          Map.entry("sshpass", Set.of("-p")),
          Map.entry("docker", Set.of("-p")),
          Map.entry("redis-cli", Set.of("-a")),
          Map.entry("curl", Set.of("-u", "-U")),
          Map.entry("ldapsearch", Set.of("-w")),
          Map.entry("ldapmodify", Set.of("-w")),
          Map.entry("sqlcmd", Set.of("-P")),
          Map.entry("bcp", Set.of("-P")),
          Map.entry("smbclient", Set.of("-U")),
          Map.entry("rabbitmqadmin", Set.of("-p")),
          Map.entry("kinit", Set.of("-w")));

  private final SecretNames names;

  SecretMask(SecretNames names) {
    this.names = names;
  }

  /// The words with secrets masked; the first, the program, only where it holds more than a path.
  List<String> mask(List<String> words) {
    List<String> masked = new ArrayList<>(words.size());
    Set<String> shortOptions = words.isEmpty() ? Set.of() : shortOptionsOf(words.getFirst());
    boolean secretFollows = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (secretFollows && !word.startsWith("-")) {
        masked.add(MASK);
        secretFollows = false;
        continue;
      }
      String option = attachedShortOption(shortOptions, word);
      masked.add(i > 0 && !option.isEmpty() ? option + MASK : maskInside(word));
      secretFollows = i > 0 && isOptionOfSecret(word, shortOptions);
    }
    return masked;
  }

  private boolean isOptionOfSecret(String word, Set<String> shortOptions) {
    return shortOptions.contains(word)
        || word.startsWith("-") && word.indexOf('=') < 0 && names.isSecret(word);
  }

  private static Set<String> shortOptionsOf(String program) {
    return SHORT_OPTIONS.getOrDefault(program.substring(program.lastIndexOf('/') + 1), Set.of());
  }

  /// The option that a word such as `-phunter2` begins with, empty when it does not.
  private static String attachedShortOption(Set<String> options, String word) {
    for (String option : options) {
      if (word.startsWith(option) && word.length() > option.length()) {
        return option;
      }
    }
    return "";
  }

  private String maskInside(String word) {
    return OpaqueWords.mask(maskNamed(word));
  }

  /// Masks what a name or its place says to be secret: values and user information, but no words
  /// for their look alone.
  String maskNamed(String text) {
    return maskValues(maskUserInfo(text));
  }

  /// `scheme://user:password@host` → `scheme://***@host`
  private static String maskUserInfo(String word) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int at = word.indexOf("://"); at >= 0; at = word.indexOf("://", at + 3)) {
      int begin = at + 3;
      int end = begin;
      while (end < word.length() && "/?# \t\n\"'".indexOf(word.charAt(end)) < 0) {
        end++;
      }
      int sign = word.lastIndexOf('@', end - 1);
      if (sign > begin) {
        masked.append(word, copied, begin).append(MASK);
        copied = sign;
      }
    }
    return masked.append(word, copied, word.length()).toString();
  }

  /// Masks the value after each name that looks secret: `name=value`, `"name": "value"`, `Name:
  /// value`, and `--name value` within one word, as in `sh -c`.
  private String maskValues(String word) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    int nameBegin = -1;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (isNameCharacter(c)) {
        nameBegin = nameBegin < 0 ? i : nameBegin;
        continue;
      }
      if (nameBegin >= 0) {
        int value = valueAfter(word, nameBegin, i);
        if (value > i && names.isSecret(word.substring(nameBegin, i))) {
          boolean wholeWord = nameBegin == 0 && word.charAt(i) == '=';
          int end = wholeWord ? word.length() : endOfValue(word, value);
          if (end > value) {
            masked.append(word, copied, value).append(MASK);
            copied = end;
            i = end - 1;
          }
        }
        nameBegin = -1;
      }
    }
    return masked.append(word, copied, word.length()).toString();
  }

  /// Where the value begins that a name holds, or -1 when it holds none.
  ///
  /// @param nameEnd offset of the first character after the name
  private static int valueAfter(String word, int nameBegin, int nameEnd) {
    int i = nameEnd;
    if (word.charAt(i) == '"' || word.charAt(i) == '\'') {
      i++; // the name was quoted
    }
    int spaces = skipSpaces(word, i);
    if (spaces < word.length() && (word.charAt(spaces) == '=' || word.charAt(spaces) == ':')) {
      i = skipSpaces(word, spaces + 1);
    } else if (word.charAt(nameBegin) == '-' && spaces > i) {
      i = spaces;
      if (i < word.length() && word.charAt(i) == '-') {
        return -1; // the next option
      }
    } else {
      return -1;
    }
    if (i < word.length() && (word.charAt(i) == '"' || word.charAt(i) == '\'')) {
      i++;
    }
    return i < word.length() ? i : -1;
  }

  /// A quoted value ends with its quote, that of a header with the word.
  private static int endOfValue(String word, int begin) {
    char before = word.charAt(begin - 1);
    boolean header = word.substring(0, begin).stripTrailing().endsWith(":");
    String ends =
        switch (before) {
          case '"' -> "\"";
          case '\'' -> "'";
          default -> header ? "\"'" : "\"'&;,} \t\n";
        };
    int end = begin;
    while (end < word.length() && ends.indexOf(word.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static int skipSpaces(String word, int from) {
    int i = from;
    while (i < word.length() && Character.isWhitespace(word.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }
}
