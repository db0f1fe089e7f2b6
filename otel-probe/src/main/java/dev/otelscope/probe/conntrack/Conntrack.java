package dev.otelscope.probe.conntrack;

import dev.otelscope.probe.connection.ServerAddress;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Translation;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import dev.otelscope.probe.kernel.PerNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/// Translations as the connection tracking of each network namespace tells them, through
/// `ctnetlink`. A kernel that does not track connections translates none. Not thread-safe.
///
/// Reading costs a system call a namespace, and 1 µs for each connection of namespaces that track
/// any.
public final class Conntrack implements Translations {
  /*
   * When it looks
   *   Events are read at each refresh. In a new namespace a dump tells what was there before. Each
   *   namespace is dumped again every DUMP_AGAIN: the kernel does not tell the end of connections
   *   that began when nobody was listening.
   */
  private static final long DUMP_AGAIN_NANOS = 300_000_000_000L;

  /// Is there when the kernel tracks connections. Asking netlink about it instead could load the
  /// module that does.
  private static final Path TRACKING = Path.of("/proc/sys/net/netfilter/nf_conntrack_count");

  private final TranslationTable table = new TranslationTable();
  private final NamespaceConntrack.Room room = new NamespaceConntrack.Room();
  private final PerNamespace<NamespaceConntrack> watched;
  private boolean readsDump;

  private Conntrack(NetworkNamespaces namespaces) {
    watched =
        new PerNamespace<>(
            namespaces, inode -> NamespaceConntrack.here(Long.toString(inode), table), this::end);
  }

  /// Those of the namespaces that a probe looks into.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static Conntrack of(NamespaceSelection selection) throws KernelException {
    return new Conntrack(NetworkNamespaces.wanted(selection));
  }

  @Override
  public boolean refresh(long nowNanos, ObjLongConsumer<String> lost) {
    readsDump = false;
    if (Files.exists(TRACKING)) {
      boolean _ = watched.lookAround(nowNanos);
    }
    watched.read(
        conntrack -> {
          conntrack.dumpUnlessYounger(DUMP_AGAIN_NANOS, nowNanos);
          readsDump |= conntrack.isDumping();
          int overruns = conntrack.read(room);
          if (overruns > 0) {
            lost.accept("translation_events", overruns);
          }
        },
        failure -> lost.accept("translations_refused", 1));
    return readsDump;
  }

  @Override
  public boolean isEmpty() {
    return table.size() == 0;
  }

  @Override
  public Optional<Translation> of(String namespace, SocketTuple tuple) {
    return table.of(namespace, tuple);
  }

  @Override
  public Set<ServerAddress> servers() {
    return table.servers();
  }

  @Override
  public String problem() {
    return watched.refusal().isEmpty()
        ? ""
        : "what some network namespace translates is not known: " + watched.refusal();
  }

  @Override
  public void close() {
    watched.close();
  }

  private void end(NamespaceConntrack conntrack, long inode) {
    conntrack.close();
    table.forget(Long.toString(inode));
  }
}
