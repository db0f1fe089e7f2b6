package dev.otelscope.model;

/// Hears of every change of a graph, one at a time and in order.
@FunctionalInterface
public interface GraphSubscriber {

  /// Called on the publisher's thread: whoever has more to do than to note the change does it
  /// elsewhere.
  ///
  /// @param delta from the snapshot of the previous call to `snapshot`; from nothing when its base
  ///   is [Revision#NONE]
  void onChange(GraphDelta delta, GraphSnapshot snapshot);
}
