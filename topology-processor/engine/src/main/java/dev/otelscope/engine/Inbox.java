package dev.otelscope.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/// Batches on their way to the one thread that applies them. Space is reserved before anything is
/// put in, so that a request that needs space in several inboxes gets all of it or none.
final class Inbox<T> {
  /*
   * Every batch weighs at least LEAST_WEIGHT, and the queue has a place for each such weight: so a
   * reservation that succeeded guarantees a place in the queue. A batch that is heavier than the
   * whole inbox gets in when the inbox is empty; otherwise it never could.
   */
  private static final int LEAST_WEIGHT = 64;

  private final int capacity;
  private final AtomicInteger reserved = new AtomicInteger();
  private final MpscAtomicArrayQueue<Entry<T>> queue;

  private record Entry<T>(T batch, int weight) {}

  /// @param capacity in points
  Inbox(int capacity) {
    this.capacity = Math.max(capacity, LEAST_WEIGHT);
    this.queue = new MpscAtomicArrayQueue<>(Math.max(2, this.capacity / LEAST_WEIGHT + 1));
  }

  /// Reserves space for one batch. For any thread.
  boolean reserve(int points) {
    int weight = weight(points);
    while (true) {
      int before = reserved.get();
      if (before != 0 && before + weight > capacity) {
        return false;
      }
      if (reserved.compareAndSet(before, before + weight)) {
        return true;
      }
    }
  }

  /// Gives back what [#reserve] gave, without having used it. For any thread.
  void release(int points) {
    reserved.addAndGet(-weight(points));
  }

  /// Puts a batch into the space that was reserved for it. For any thread.
  void put(T batch, int points) {
    if (!queue.offer(new Entry<>(batch, weight(points)))) {
      throw new IllegalStateException("an inbox with " + capacity + " places has none left");
    }
  }

  /// Takes out at most `limit` batches. For the one reading thread.
  ///
  /// @return how many there were
  int drain(Consumer<T> reader, int limit) {
    int drained = 0;
    while (drained < limit) {
      Entry<T> entry = queue.poll();
      if (entry == null) {
        break;
      }
      try {
        reader.accept(entry.batch());
      } finally {
        reserved.addAndGet(-entry.weight());
      }
      drained++;
    }
    return drained;
  }

  private static int weight(int points) {
    return Math.max(points, LEAST_WEIGHT);
  }
}
