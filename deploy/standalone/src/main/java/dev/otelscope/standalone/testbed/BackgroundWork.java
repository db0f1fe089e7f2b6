package dev.otelscope.standalone.testbed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What a [Talker] does until it is told to stop. Owned by one thread.
final class BackgroundWork {

  /// One round of it.
  @FunctionalInterface
  interface Round {
    void run() throws IOException;
  }

  private static final long MOST_LATE = 1_000_000_000; // ns

  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean running;

  /// Runs a round each `nanos`; after one that lasted longer, those that are due follow at once,
  /// but no more than those of a second.
  void every(long nanos, Round round) {
    running = true;
    workers.add(Thread.ofPlatform().daemon().name("background").start(() -> repeat(nanos, round)));
  }

  private void repeat(long nanos, Round round) {
    long due = System.nanoTime();
    while (running) {
      try {
        round.run();
      } catch (IOException e) {
        System.err.println("background: " + e);
      }
      due = Math.max(due + nanos, System.nanoTime() - MOST_LATE);
      while (running && due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
  }

  /// Returns when no round is running any more.
  void stop() {
    running = false;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    workers.clear();
  }
}
