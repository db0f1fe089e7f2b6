package dev.otelscope.probe.dns;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Listens to the answers of name servers in each network namespace of interest. Not thread-safe.
///
/// Reading costs a system call a namespace and some microseconds for each answer.
public final class NameWatch implements AutoCloseable {
  private static final long LOOK_AROUND_NANOS = 2_000_000_000L;

  private final Optional<NetworkNamespaces> namespaces;
  private final NamespaceAnswers.Room room = new NamespaceAnswers.Room();
  private final Map<Long, NamespaceAnswers> watched = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();
  private final Map<String, Long> lostBefore = new TreeMap<>(); // in namespaces that are gone
  private boolean looked;
  private long lookedNanos;
  private String problem = "";

  private NameWatch(Optional<NetworkNamespaces> namespaces) {
    this.namespaces = namespaces;
  }

  /// In the namespaces that a probe looks into.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static NameWatch of(NamespaceSelection selection) throws KernelException {
    return new NameWatch(Optional.of(NetworkNamespaces.wanted(selection)));
  }

  /// Listens to nothing.
  public static NameWatch off() {
    return new NameWatch(Optional.empty());
  }

  /// Learns what was answered since the last call.
  ///
  /// @param tickNanos of a clock that never goes back
  /// @param wallNanos since 1970
  public void refresh(long tickNanos, long wallNanos) {
    if (!looked || tickNanos - lookedNanos >= LOOK_AROUND_NANOS) {
      looked = true;
      lookedNanos = tickNanos;
      namespaces.ifPresent(this::lookAround);
      watched.values().forEach(answers -> answers.table().expire(tickNanos));
    }
    Iterator<Map.Entry<Long, NamespaceAnswers>> each = watched.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, NamespaceAnswers> entry = each.next();
      try {
        entry.getValue().read(room, tickNanos, wallNanos);
      } catch (KernelException e) {
        each.remove();
        close(entry.getValue());
        refuse(entry.getKey(), e);
      }
    }
  }

  /// Notes that a connection uses an address, so that its names are kept.
  ///
  /// @param namespace where the connection's socket is
  public void used(String namespace, IpAddress address, long tickNanos) {
    try {
      NamespaceAnswers answers = watched.get(Long.parseLong(namespace));
      if (answers != null) {
        answers.table().used(address, tickNanos);
      }
    } catch (NumberFormatException e) {
      return; // a namespace without a number has no socket here
    }
  }

  /// Tells all names that are known now.
  public void forEach(Consumer<KnownName> listener) {
    watched.values().forEach(answers -> answers.table().forEach(listener));
  }

  /// Answers that could not be read since the beginning, by reason.
  public Map<String, Long> lost() {
    Map<String, Long> lost = new TreeMap<>(lostBefore);
    watched.values().forEach(answers -> addLost(answers, lost));
    return lost;
  }

  /// Why names are not known everywhere, for a person; empty when they are.
  public String problem() {
    return problem;
  }

  @Override
  public void close() {
    watched.values().forEach(NamespaceAnswers::close);
    watched.clear();
    namespaces.ifPresent(NetworkNamespaces::close);
  }

  private void lookAround(NetworkNamespaces all) {
    Set<Long> present = all.find();
    refused.retainAll(present);
    if (refused.isEmpty()) {
      problem = "";
    }
    watched
        .entrySet()
        .removeIf(entry -> {
          boolean isGone = !present.contains(entry.getKey());
          if (isGone) {
            close(entry.getValue());
          }
          return isGone;
        });
    for (long inode : present) {
      if (!watched.containsKey(inode) && !refused.contains(inode)) {
        open(all, inode);
      }
    }
  }

  private void open(NetworkNamespaces all, long inode) {
    try {
      all.inside(inode, () -> NamespaceAnswers.here(Long.toString(inode)))
          .ifPresent(opened -> watched.put(inode, opened));
    } catch (KernelException e) {
      refuse(inode, e);
    }
  }

  private void close(NamespaceAnswers answers) {
    addLost(answers, lostBefore);
    answers.close();
  }

  private static void addLost(NamespaceAnswers answers, Map<String, Long> lost) {
    add(lost, "dns_answers", answers.drops());
    add(lost, "dns_malformed", answers.malformed());
    add(lost, "dns_incomplete", answers.incomplete());
  }

  private static void add(Map<String, Long> lost, String reason, long count) {
    if (count > 0) {
      lost.merge(reason, count, Long::sum);
    }
  }

  /// The problem is said without numbers, so that it changes only when there is something else to
  /// do.
  private void refuse(long inode, KernelException failure) {
    refused.add(inode);
    problem = "what addresses are called is not known everywhere: " + failure.getMessage();
  }
}
