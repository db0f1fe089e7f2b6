package dev.otelscope.query.live;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What the live views did and hold. Readable from any thread.
public final class LiveCounters {
  private final LongAdder snapshotsWritten = new LongAdder();
  private final LongAdder deltasWritten = new LongAdder();
  private final LongAdder eventsSent = new LongAdder();
  private final LongAdder graphChanges = new LongAdder();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger selections = new AtomicInteger();

  void snapshotWritten() {
    snapshotsWritten.increment();
  }

  void deltaWritten() {
    deltasWritten.increment();
  }

  void eventSent() {
    eventsSent.increment();
  }

  void graphChanged() {
    graphChanges.increment();
  }

  void streams(int more) {
    streams.addAndGet(more);
  }

  void selections(int more) {
    selections.addAndGet(more);
  }

  /// Whole views turned into JSON.
  public long snapshotsWritten() {
    return snapshotsWritten.sum();
  }

  /// Changes turned into JSON, each once for all who watch the same.
  public long deltasWritten() {
    return deltasWritten.sum();
  }

  /// Events handed to streams.
  public long eventsSent() {
    return eventsSent.sum();
  }

  /// Changes of the graph that views followed; several that wait together count once.
  public long graphChanges() {
    return graphChanges.sum();
  }

  /// Open streams.
  public int streams() {
    return streams.get();
  }

  /// Views under different options that are kept current.
  public int selections() {
    return selections.get();
  }
}
