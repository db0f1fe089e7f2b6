package dev.otelscope.standalone.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The file named by `--config`: Java properties, one option per line.
final class ConfigFile {
  static final String OPTION = "--config";

  private ConfigFile() {}

  /// The file that the arguments name. It must be known before they are parsed, since it says what
  /// the options left out are worth.
  static Optional<String> named(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
        return Optional.of(arguments[i + 1]);
      }
      if (arguments[i].startsWith(OPTION + "=")) {
        return Optional.of(arguments[i].substring(OPTION.length() + 1));
      }
    }
    return Optional.empty();
  }

  static Map<String, String> read(CommandLine commands, String file, SortedSet<String> known) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(
          commands, "The configuration file " + file + " cannot be read: " + e, e);
    }
    Map<String, String> values = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (!known.contains(key)) {
        throw new ParameterException(
            commands,
            "Unknown key '%s' in %s; the nearest known key is '%s'."
                .formatted(key, file, Nearest.to(key, known)));
      }
      values.put(key, properties.getProperty(key).strip());
    }
    return Map.copyOf(values);
  }
}
