package dev.otelscope.probe.process;

/// Chooses among the control groups that a process is in.
final class CgroupPath {
  private CgroupPath() {}

  /// The path in the unified hierarchy; on a host where that one is not used for containers (the
  /// process is in its root), the first path of another hierarchy that is not its root; `/` when
  /// all are, empty when nothing is known.
  ///
  /// @param text content of `/proc/<pid>/cgroup`: lines `hierarchy:controllers:path`, 0 is the
  ///   unified one (cgroups(7))
  static String parse(String text) {
    String chosen = "";
    for (String line : text.lines().toList()) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[2].startsWith("/")) {
        boolean unified = fields[0].equals("0");
        boolean better = chosen.isEmpty() || chosen.equals("/");
        if (better || unified && !fields[2].equals("/")) {
          chosen = fields[2];
        }
      }
    }
    return chosen;
  }
}
