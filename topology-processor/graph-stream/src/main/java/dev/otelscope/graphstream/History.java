package dev.otelscope.graphstream;

import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Revision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The latest changes of a graph, kept so that readers of different speed can follow it.
final class History {
  /*
   * Positions
   *   Entries are numbered by their position, counting from 0. A reader holds the position of the
   *   entry that it wants next:
   *
   *     position   41          42          43          44
   *     entry      r40 -> r41  r41 -> r42  r42 -> r43  (not there yet)
   *                ^ first                             ^ end
   *
   *   A reader whose position is before `first` has lost entries and must start anew.
   *
   * Memory
   *   At most `maxRevisions` entries with at most `maxChanges` changes between them, whichever is
   *   less; a single entry is kept however large.
   *
   * Concurrency
   *   One lock, held for a few instructions; encoding happens outside of it, by readers. So adding
   *   never waits for a reader.
   */

  private final int maxRevisions;
  private final int maxChanges;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long first;
  private int changes;
  private GraphSnapshot latest = GraphSnapshot.EMPTY;
  private @Nullable Start fresh;
  private boolean closed;

  private record Entry(Revision next, int changes, Encoded encoded) {}

  /// Where a reader begins.
  ///
  /// @param header what it is told first
  /// @param everything the whole graph when it cannot go on from what it has
  /// @param position of the first entry that it wants after that
  record Start(StreamHeader header, @Nullable Encoded everything, long position) {}

  History(int maxRevisions, int maxChanges) {
    this.maxRevisions = maxRevisions;
    this.maxChanges = maxChanges;
  }

  void add(GraphDelta delta, GraphSnapshot snapshot) {
    lock.lock();
    try {
      latest = snapshot;
      entries.add(new Entry(delta.next(), sizeOf(delta), new Encoded(() -> delta)));
      changes += sizeOf(delta);
      while (entries.size() > maxRevisions || (changes > maxChanges && entries.size() > 1)) {
        changes -= entries.remove().changes();
        first++;
      }
      if (fresh != null && fresh.position() < first) {
        fresh = null;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Where a reader that holds revision `held` begins.
  Start start(Revision held) {
    lock.lock();
    try {
      String epoch = latest.revision().epoch();
      if (latest.revision().equals(Revision.NONE)) {
        return new Start(header(epoch, 0), null, end());
      }
      if (held.equals(latest.revision())) {
        return new Start(header(epoch, held.number()), null, end());
      }
      long position = first;
      for (Entry entry : entries) {
        position++;
        if (entry.next().equals(held)) {
          return new Start(header(epoch, held.number()), null, position);
        }
      }
      if (fresh == null) {
        GraphSnapshot snapshot = latest;
        Encoded everything = new Encoded(() -> GraphDelta.between(GraphSnapshot.EMPTY, snapshot));
        fresh = new Start(header(epoch, 0), everything, end());
      }
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  /// The entry at `position`, null when there was none within `nanos`.
  ///
  /// @throws LostException when it is gone, or nothing more will come
  @Nullable Encoded await(long position, long nanos) throws LostException, InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (position >= end() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (closed) {
        throw new LostException("the stream is closing");
      }
      if (position < first) {
        throw new LostException("the reader fell " + (end() - position) + " revisions behind");
      }
      return position < end() ? at(position) : null;
    } finally {
      lock.unlock();
    }
  }

  /// Ends every wait, now and later.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Encoded at(long position) {
    long skip = position - first;
    for (Entry entry : entries) {
      if (skip-- == 0) {
        return entry.encoded();
      }
    }
    throw new IllegalStateException("no entry " + position);
  }

  private long end() {
    return first + entries.size();
  }

  private static StreamHeader header(String epoch, long base) {
    return new StreamHeader(DeltaWriter.FORMAT, epoch, base);
  }

  private static int sizeOf(GraphDelta delta) {
    return delta.entities().size()
        + delta.removedEntities().size()
        + delta.edges().size()
        + delta.removedEdges().size();
  }

  /// A reader cannot go on.
  static final class LostException extends Exception {
    LostException(String why) {
      super(why);
    }
  }
}
