package dev.otelscope.probe.connection;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// What is open in each network namespace. It outlives the source that fills it: when a tier fails,
/// the next one goes on with it, so that no socket is told as a new one. Not thread-safe.
public final class OpenNamespaces {
  private final Map<Long, OpenSockets> namespaces = new HashMap<>();
  private long madeUp;

  /// The sockets of a namespace, empty when it is new.
  public OpenSockets in(long namespace) {
    return namespaces.computeIfAbsent(namespace, inode -> new OpenSockets());
  }

  /// A cookie for a socket of which the kernel tells none: negative, never given before.
  public long nextCookie() {
    return --madeUp;
  }

  /// How many are open.
  public int size() {
    return namespaces.values().stream().mapToInt(OpenSockets::size).sum();
  }

  /// Begins a scan of all namespaces together.
  public void begin() {
    namespaces.values().forEach(OpenSockets::begin);
  }

  /// Ends a scan of all namespaces together: [OpenSockets#sweep] in each.
  public void end(
      boolean onlyChanges, Predicate<Socket> eventFollows, ConnectionListener listener) {
    namespaces.forEach((inode, sockets) -> {
      listener.namespace(Long.toString(inode));
      sockets.sweep(onlyChanges, eventFollows, listener);
    });
    namespaces.values().removeIf(OpenSockets::isForgotten);
  }

  /// Tells closed whatever was open in namespaces that are no longer there, or no longer seen.
  public void endAllBut(Set<Long> present, ConnectionListener listener) {
    Iterator<Map.Entry<Long, OpenSockets>> each = namespaces.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, OpenSockets> namespace = each.next();
      if (!present.contains(namespace.getKey())) {
        listener.namespace(Long.toString(namespace.getKey()));
        namespace.getValue().closeAll(listener);
        each.remove();
      }
    }
  }

  /// As [OpenSockets#rekey], everywhere.
  public void rekey(ToLongFunction<Socket> key) {
    namespaces.values().forEach(sockets -> sockets.rekey(key));
  }
}
