package dev.otelscope.model;

/// Where a graph can be had, in this process or from another: the two are interchangeable.
public interface GraphSource {

  /// The latest snapshot, [GraphSnapshot#EMPTY] before there was one.
  GraphSnapshot current();

  /// From now on, tells `subscriber` every change: first a delta from [GraphSnapshot#EMPTY] to what
  /// is there, then each next delta in order. When revisions had to be left out (a reconnect, a
  /// restarted processor), a delta from [Revision#NONE] comes again, which replaces everything.
  Subscription subscribe(GraphSubscriber subscriber);

  /// Ends by [#close], after which nothing new is told.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
