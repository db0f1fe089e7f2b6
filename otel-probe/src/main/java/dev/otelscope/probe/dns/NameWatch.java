package dev.otelscope.probe.dns;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import dev.otelscope.probe.kernel.PerNamespace;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Listens to the answers of name servers in each network namespace of interest. Not thread-safe.
///
/// Reading costs a system call a namespace and some microseconds for each answer.
public final class NameWatch implements AutoCloseable {
  private final NamespaceAnswers.Room room = new NamespaceAnswers.Room();
  private final Map<String, Long> lostBefore = new TreeMap<>(); // in namespaces that are gone
  private final Optional<PerNamespace<NamespaceAnswers>> watched;

  private NameWatch(Optional<NetworkNamespaces> namespaces) {
    watched =
        namespaces.map(all ->
            new PerNamespace<>(
                all, inode -> NamespaceAnswers.here(Long.toString(inode)), this::end));
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
    watched.ifPresent(answers -> {
      if (answers.lookAround(tickNanos)) {
        answers.all().forEach(one -> one.table().expire(tickNanos));
      }
      answers.read(one -> one.read(room, tickNanos, wallNanos), failure -> {});
    });
  }

  /// Notes that a connection uses an address, so that its names are kept.
  ///
  /// @param namespace where the connection's socket is
  public void used(String namespace, IpAddress address, long tickNanos) {
    try {
      long inode = Long.parseLong(namespace);
      watched
          .flatMap(answers -> answers.in(inode))
          .ifPresent(one -> one.table().used(address, tickNanos));
    } catch (NumberFormatException e) {
      return; // a namespace without a number has no socket here
    }
  }

  /// Tells all names that are known now.
  public void forEach(Consumer<KnownName> listener) {
    all().forEach(answers -> answers.table().forEach(listener));
  }

  /// Answers that could not be read since the beginning, by reason.
  public Map<String, Long> lost() {
    Map<String, Long> lost = new TreeMap<>(lostBefore);
    all().forEach(answers -> addLost(answers, lost));
    return lost;
  }

  /// Why names are not known everywhere, for a person and without numbers, so that it changes only
  /// when there is something else to do; empty when they are.
  public String problem() {
    return watched
        .map(PerNamespace::refusal)
        .filter(refusal -> !refusal.isEmpty())
        .map(refusal -> "what addresses are called is not known everywhere: " + refusal)
        .orElse("");
  }

  @Override
  public void close() {
    watched.ifPresent(PerNamespace::close);
  }

  private Collection<NamespaceAnswers> all() {
    return watched.map(PerNamespace::all).orElse(List.of());
  }

  private void end(NamespaceAnswers answers, long inode) {
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
}
