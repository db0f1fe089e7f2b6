package dev.otelscope.probe.emission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads `name=value,name=value`, with percent-encoded values, as the standard variables have
/// lists.
final class KeyValues {
  private KeyValues() {}

  /// @throws IllegalArgumentException naming the variable and the part that cannot be understood
  static Map<String, String> parse(StandardVariable variable) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String part : variable.value().split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip();
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            variable.name()
                + " must be like name=value,name=value, but has '"
                + part.strip()
                + "'");
      }
      pairs.put(name, decode(variable, name, part.substring(equals + 1).strip()));
    }
    return pairs;
  }

  private static String decode(StandardVariable variable, String name, String value) {
    try {
      // URLDecoder takes a plus for a space, which these are not.
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          variable.name()
              + " must be percent-encoded (a percent sign is %25), but "
              + name
              + " is not: "
              + e.getMessage(),
          e);
    }
  }
}
