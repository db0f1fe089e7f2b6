package dev.otelscope.probe.host;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The addresses of the interfaces of every network namespace that may be entered. Asked by one
/// thread.
public final class NamespaceAddresses implements AutoCloseable {
  /// Unlike `/proc/net`, which is the namespace of the program.
  private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/net");

  private final NetworkNamespaces namespaces;
  private int unseen;

  private NamespaceAddresses(NetworkNamespaces namespaces) {
    this.namespaces = namespaces;
  }

  /// Those of the namespaces that a probe looks into.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static NamespaceAddresses of(NamespaceSelection selection) throws KernelException {
    return new NamespaceAddresses(NetworkNamespaces.wanted(selection));
  }

  /// Reads them now; by inode number of the namespace, in decimal. A namespace that cannot be
  /// entered is left out.
  public Map<String, InterfaceAddresses> read() {
    Map<String, InterfaceAddresses> found = new LinkedHashMap<>();
    Set<Long> present = namespaces.find();
    unseen = namespaces.unreadable();
    for (long inode : present) {
      readOne(inode).ifPresent(addresses -> found.put(Long.toString(inode), addresses));
    }
    return found;
  }

  private Optional<InterfaceAddresses> readOne(long inode) {
    try {
      return namespaces
          .inside(inode, () -> InterfaceAddresses.read(OF_THIS_THREAD))
          .flatMap(addresses -> addresses);
    } catch (KernelException e) {
      unseen++;
      return Optional.empty();
    }
  }

  /// How many namespaces and processes the last [#read] could not look into for lack of privileges.
  public int unseen() {
    return unseen;
  }

  @Override
  public void close() {
    namespaces.close();
  }
}
