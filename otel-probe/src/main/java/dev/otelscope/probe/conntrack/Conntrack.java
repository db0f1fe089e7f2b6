package dev.otelscope.probe.conntrack;

import dev.otelscope.probe.connection.ServerAddress;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Translation;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
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
   *   Events are read at each refresh. Namespaces are looked for every LOOK_AROUND; in a new one a
   *   dump tells what was there before. Each namespace is dumped again every DUMP_AGAIN: the kernel
   *   does not tell the end of connections that began when nobody was listening.
   */
  private static final long LOOK_AROUND_NANOS = 2_000_000_000L;
  private static final long DUMP_AGAIN_NANOS = 300_000_000_000L;

  /// Is there when the kernel tracks connections. Asking netlink about it instead could load the
  /// module that does.
  private static final Path TRACKING = Path.of("/proc/sys/net/netfilter/nf_conntrack_count");

  private final NetworkNamespaces namespaces;
  private final TranslationTable table = new TranslationTable();
  private final NamespaceConntrack.Room room = new NamespaceConntrack.Room();
  private final Map<Long, NamespaceConntrack> watched = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();
  private boolean looked;
  private long lookedNanos;
  private String problem = "";

  private Conntrack(NetworkNamespaces namespaces) {
    this.namespaces = namespaces;
  }

  /// Those of the namespaces that a probe looks into.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static Conntrack of(NamespaceSelection selection) throws KernelException {
    return new Conntrack(NetworkNamespaces.wanted(selection));
  }

  @Override
  public void refresh(long nowNanos, ObjLongConsumer<String> lost) {
    if (!looked || nowNanos - lookedNanos >= LOOK_AROUND_NANOS) {
      looked = true;
      lookedNanos = nowNanos;
      lookAround();
    }
    Iterator<Map.Entry<Long, NamespaceConntrack>> each = watched.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, NamespaceConntrack> entry = each.next();
      try {
        NamespaceConntrack conntrack = entry.getValue();
        conntrack.dumpUnlessYounger(DUMP_AGAIN_NANOS, nowNanos);
        int overruns = conntrack.read(room);
        if (overruns > 0) {
          lost.accept("translation_events", overruns);
        }
      } catch (IOException e) {
        each.remove();
        entry.getValue().close();
        table.forget(Long.toString(entry.getKey()));
        refuse(entry.getKey(), e);
        lost.accept("translations_refused", 1);
      }
    }
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
    return problem;
  }

  @Override
  public void close() {
    watched.values().forEach(NamespaceConntrack::close);
    watched.clear();
    namespaces.close();
  }

  private void lookAround() {
    if (!Files.exists(TRACKING)) {
      return;
    }
    Set<Long> present = namespaces.find();
    forgetAbsent(present);
    for (long inode : present) {
      if (watched.containsKey(inode) || refused.contains(inode)) {
        continue;
      }
      try {
        namespaces
            .inside(inode, () -> NamespaceConntrack.here(Long.toString(inode), table))
            .ifPresent(opened -> watched.put(inode, opened));
      } catch (KernelException e) {
        refuse(inode, e);
      }
    }
  }

  private void forgetAbsent(Set<Long> present) {
    refused.retainAll(present);
    if (refused.isEmpty()) {
      problem = "";
    }
    Iterator<Map.Entry<Long, NamespaceConntrack>> each = watched.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, NamespaceConntrack> entry = each.next();
      if (!present.contains(entry.getKey())) {
        each.remove();
        entry.getValue().close();
        table.forget(Long.toString(entry.getKey()));
      }
    }
  }

  /// The problem is said without numbers, so that it changes only when there is something else to
  /// do.
  private void refuse(long inode, IOException failure) {
    refused.add(inode);
    problem = "what some network namespace translates is not known: " + failure.getMessage();
  }
}
