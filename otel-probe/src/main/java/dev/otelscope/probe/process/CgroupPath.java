package dev.otelscope.probe.process;

import dev.otelscope.probe.container.ContainerCgroup;
import java.util.function.Predicate;

/// Chooses among the control groups that a process is in, one in each hierarchy.
final class CgroupPath {
  private CgroupPath() {}

  /// The first that belongs to a container, else the first that is not a root; the unified
  /// hierarchy goes before the others. `/` when all are roots, empty when nothing is known.
  ///
  /// On a hybrid host a runtime may leave the process in the group of its daemon in the unified
  /// hierarchy, and put it into the container's in the others only.
  ///
  /// @param text content of `/proc/<pid>/cgroup`: lines `hierarchy:controllers:path`, 0 is the
  ///   unified one (cgroups(7))
  static String parse(String text) {
    String first = "";
    String inContainer = "";
    String belowRoot = "";
    for (String line : text.lines().toList()) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[2].startsWith("/")) {
        boolean unified = fields[0].equals("0");
        String path = fields[2];
        first = path;
        belowRoot = better(belowRoot, path, unified, CgroupPath::isBelowRoot);
        inContainer = better(inContainer, path, unified, CgroupPath::isOfContainer);
      }
    }
    return inContainer.isEmpty() ? belowRoot.isEmpty() ? first : belowRoot : inContainer;
  }

  private static String better(
      String known, String path, boolean unified, Predicate<String> wanted) {
    return (known.isEmpty() || unified) && wanted.test(path) ? path : known;
  }

  private static boolean isBelowRoot(String path) {
    return !path.equals("/");
  }

  private static boolean isOfContainer(String path) {
    return ContainerCgroup.in(path).isPresent();
  }
}
