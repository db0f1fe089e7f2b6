package dev.otelscope.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The graph source of one process: one thread publishes, any thread reads and subscribes.
public final class GraphPublisher implements GraphSource {
  /*
   * Concurrency
   *   `current` is volatile, so readers need no lock. Publishing and subscribing exclude each other:
   *   otherwise a subscriber could miss, or see twice, the revision published while it joined.
   *   A subscriber is told under that lock, which is why it must be quick.
   */

  private final Object publishing = new Object();
  private final List<GraphSubscriber> subscribers = new CopyOnWriteArrayList<>();
  private volatile GraphSnapshot current = GraphSnapshot.EMPTY;

  @Override
  public GraphSnapshot current() {
    return current;
  }

  @Override
  public Subscription subscribe(GraphSubscriber subscriber) {
    synchronized (publishing) {
      GraphSnapshot snapshot = current;
      if (!snapshot.revision().equals(Revision.NONE)) {
        subscriber.onChange(GraphDelta.between(GraphSnapshot.EMPTY, snapshot), snapshot);
      }
      subscribers.add(subscriber);
    }
    return () -> subscribers.remove(subscriber);
  }

  /// Makes the delta's result the current graph and tells everyone.
  ///
  /// @throws IllegalArgumentException when the delta's base is neither the current revision nor
  ///   [Revision#NONE]
  public GraphSnapshot publish(GraphDelta delta) {
    synchronized (publishing) {
      GraphSnapshot base = delta.base().equals(Revision.NONE) ? GraphSnapshot.EMPTY : current;
      GraphSnapshot next = delta.applyTo(base);
      current = next;
      for (GraphSubscriber subscriber : subscribers) {
        subscriber.onChange(delta, next);
      }
      return next;
    }
  }
}
