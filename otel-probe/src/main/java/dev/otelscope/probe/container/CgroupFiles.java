package dev.otelscope.probe.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The files of control groups, wherever their hierarchies are mounted. A group or a file that is
/// not there is an ordinary answer: groups come and go, and controllers may be off.
final class CgroupFiles {
  /// What the hierarchy of version 2, which has all controllers, is known by here.
  static final String UNIFIED = "";

  private final Map<String, Path> hierarchies;

  private CgroupFiles(Map<String, Path> hierarchies) {
    this.hierarchies = hierarchies;
  }

  /// @param mounts content of `/proc/mounts`; lines `device directory type options …` (proc(5))
  static CgroupFiles mountedAs(String mounts) {
    Map<String, Path> hierarchies = new HashMap<>();
    for (String line : mounts.lines().toList()) {
      String[] fields = line.split(" ", 5);
      if (fields.length < 4) {
        continue;
      }
      Path directory = Path.of(fields[1]);
      if (fields[2].equals("cgroup2")) {
        hierarchies.putIfAbsent(UNIFIED, directory);
      } else if (fields[2].equals("cgroup")) {
        for (String option : fields[3].split(",", -1)) {
          hierarchies.putIfAbsent(option, directory);
        }
      }
    }
    return new CgroupFiles(Map.copyOf(hierarchies));
  }

  /// Whether version 1 has this controller.
  boolean hasVersion1(String controller) {
    return hierarchies.containsKey(controller);
  }

  /// The content of a file of a group.
  ///
  /// @param controller of version 1, or [#UNIFIED]
  Optional<String> text(String controller, String group, String file) {
    Path mounted = hierarchies.get(controller);
    if (mounted == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(mounted.resolve(group.substring(1)).resolve(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The number that a file consists of; empty also for `max`.
  OptionalLong number(String controller, String group, String file) {
    return text(controller, group, file).map(CgroupFiles::number).orElse(OptionalLong.empty());
  }

  /// The number behind a key, in a file of lines `key number`.
  OptionalLong number(String controller, String group, String file, String key) {
    for (String line : text(controller, group, file).stream().flatMap(String::lines).toList()) {
      if (line.startsWith(key)
          && line.length() > key.length()
          && line.charAt(key.length()) == ' ') {
        return number(line.substring(key.length()));
      }
    }
    return OptionalLong.empty();
  }

  static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
