package dev.otelscope.probe.host;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oshi.SystemInfo;

/// What runs on the host.
///
/// @param type `linux`
/// @param version of the distribution, empty when not known
/// @param description for people: the distribution's name and the kernel's release
record OperatingSystem(String type, String version, String description) {
  /// Where os-release(5) says that a distribution tells its name. That of the first process comes
  /// first: a probe in a container has the image's for its own.
  private static final List<Path> OS_RELEASE =
      List.of(
          Path.of("/proc/1/root/etc/os-release"),
          Path.of("/etc/os-release"),
          Path.of("/usr/lib/os-release"));

  /// This host's, from the files of Linux where there are any, else by oshi, which loads a native
  /// library and costs some megabytes.
  static OperatingSystem ofThisMachine() {
    return ofFiles(OS_RELEASE).orElseGet(OperatingSystem::byOshi);
  }

  /// What the first of the files says that can be read and names something.
  static Optional<OperatingSystem> ofFiles(List<Path> files) {
    for (Path file : files) {
      Map<String, String> words = read(file);
      String name = words.getOrDefault("PRETTY_NAME", words.getOrDefault("NAME", ""));
      if (!name.isEmpty()) {
        return Optional.of(
            new OperatingSystem(
                typeOfThisMachine(),
                words.getOrDefault("VERSION_ID", ""),
                name + ", kernel " + System.getProperty("os.version")));
      }
    }
    return Optional.empty();
  }

  private static OperatingSystem byOshi() {
    oshi.software.os.OperatingSystem found = new SystemInfo().getOperatingSystem();
    return new OperatingSystem(
        typeOfThisMachine(),
        requireNonNullElse(found.getVersionInfo().getVersion(), ""),
        found.toString());
  }

  private static String typeOfThisMachine() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT);
  }

  /// Lines such as `VERSION_ID="12"`; quotes may be double, single or none.
  private static Map<String, String> read(Path file) {
    Map<String, String> words = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          words.put(line.substring(0, equals), unquoted(line.substring(equals + 1).strip()));
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return words;
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    boolean quoted =
        value.length() > 1
            && (first == '"' || first == '\'')
            && value.endsWith(String.valueOf(first));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
