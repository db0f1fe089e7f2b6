package dev.otelscope.probe.tracing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the control groups of version 2 are mounted, in whose root all sockets of the machine are;
/// also on machines whose controllers are those of version 1.
final class ControlGroups {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  private ControlGroups() {}

  /// @throws IOException when they are not mounted
  static Path root() throws IOException {
    return root(Files.readAllLines(MOUNTS));
  }

  /// @param mounts lines of `/proc/self/mounts`: device, directory, type, …
  static Path root(List<String> mounts) throws IOException {
    for (String mount : mounts) {
      String[] words = mount.split(" ", -1);
      if (words.length > 2 && words[2].equals("cgroup2")) {
        return Path.of(words[1]);
      }
    }
    throw new IOException(
        "no cgroup2 hierarchy is mounted, which UDP is watched in: mount -t cgroup2 none DIRECTORY");
  }
}
