package dev.otelscope.probe.kernel;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// What is opened inside each network namespace, such as a socket, and kept for as long as the
/// namespace is there. Not thread-safe.
///
/// @param <T> what is opened
public final class PerNamespace<T> implements AutoCloseable {
  /*
   * Life
   *   Namespaces are looked for every LOOK_AROUND. In a new one something is opened; in one that is
   *   gone it ends. A namespace that refuses, or in which reading failed, is left alone from then on,
   *   until it is gone.
   */
  private static final long LOOK_AROUND_NANOS = 2_000_000_000L;

  /// Opens something in the namespace that the calling thread is in.
  @FunctionalInterface
  public interface Opener<T> {
    T open(long inode) throws KernelException;
  }

  /// Reads from what was opened.
  @FunctionalInterface
  public interface Reader<T> {
    void read(T opened) throws IOException;
  }

  private final NetworkNamespaces namespaces;
  private final Opener<T> opener;
  private final ObjLongConsumer<T> closer;
  private final Map<Long, T> opened = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();
  private boolean looked;
  private long lookedNanos;
  private String refusal = "";

  /// @param namespaces closed with this
  /// @param closer hears what ends, and the inode of its namespace
  public PerNamespace(NetworkNamespaces namespaces, Opener<T> opener, ObjLongConsumer<T> closer) {
    this.namespaces = namespaces;
    this.opener = opener;
    this.closer = closer;
  }

  /// Looks which namespaces there are, unless that has been done lately.
  ///
  /// @param nowNanos of a clock that never goes back
  /// @return whether it has looked
  public boolean lookAround(long nowNanos) {
    if (looked && nowNanos - lookedNanos < LOOK_AROUND_NANOS) {
      return false;
    }
    looked = true;
    lookedNanos = nowNanos;
    Set<Long> present = namespaces.find();
    endAllBut(present);
    for (long inode : present) {
      if (!opened.containsKey(inode) && !refused.contains(inode)) {
        open(inode);
      }
    }
    return true;
  }

  /// Reads in every namespace.
  ///
  /// @param failed hears each failure, after which that namespace is left alone
  public void read(Reader<T> reader, Consumer<IOException> failed) {
    Iterator<Map.Entry<Long, T>> each = opened.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, T> entry = each.next();
      try {
        reader.read(entry.getValue());
      } catch (IOException e) {
        each.remove();
        closer.accept(entry.getValue(), entry.getKey());
        refuse(entry.getKey(), e);
        failed.accept(e);
      }
    }
  }

  /// What is open in a namespace.
  public Optional<T> in(long inode) {
    return Optional.ofNullable(opened.get(inode));
  }

  /// Everything that is open.
  public Collection<T> all() {
    return opened.values();
  }

  /// Why nothing is open in some namespace; empty when something is in all of them.
  public String refusal() {
    return refusal;
  }

  @Override
  public void close() {
    endAllBut(Set.of());
    namespaces.close();
  }

  private void endAllBut(Set<Long> present) {
    refused.retainAll(present);
    if (refused.isEmpty()) {
      refusal = "";
    }
    Iterator<Map.Entry<Long, T>> each = opened.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, T> entry = each.next();
      if (!present.contains(entry.getKey())) {
        each.remove();
        closer.accept(entry.getValue(), entry.getKey());
      }
    }
  }

  private void open(long inode) {
    try {
      namespaces
          .inside(inode, () -> opener.open(inode))
          .ifPresent(present -> opened.put(inode, present));
    } catch (KernelException e) {
      refuse(inode, e);
    }
  }

  private void refuse(long inode, IOException failure) {
    refused.add(inode);
    refusal = String.valueOf(failure.getMessage());
  }
}
