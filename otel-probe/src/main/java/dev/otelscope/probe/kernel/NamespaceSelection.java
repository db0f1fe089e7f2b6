package dev.otelscope.probe.kernel;

import java.util.Set;

/// Which network namespaces a probe looks into.
///
/// @param wanted names in `/run/netns`, or inode numbers in decimal; empty stands for all. When it
///   is not empty, the probe's own namespace is one of them only if it is named
public record NamespaceSelection(Set<String> wanted) {
  /// Every namespace of the machine.
  public static final NamespaceSelection ALL = new NamespaceSelection(Set.of());

  public NamespaceSelection {
    wanted = Set.copyOf(wanted);
  }

  /// Whether the namespace with this inode number is wanted, when it has no name or another one.
  public boolean wants(long inode) {
    return wanted.isEmpty() || wanted.contains(Long.toString(inode));
  }

  /// Whether the namespace with this name in `/run/netns` is wanted.
  boolean wants(String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }
}
