package dev.otelscope.probe.container.socket;

import java.time.Duration;

/// Interrupts the thread that made it, if it is not closed in time: an interrupted thread closes
/// the channel that it waits for, which has no timeout of its own.
public final class Deadline implements AutoCloseable {
  private final Thread watch;

  private Deadline(Thread watch) {
    this.watch = watch;
  }

  public static Deadline in(Duration time) {
    Thread waiting = Thread.currentThread();
    return new Deadline(
        Thread.ofVirtual()
            .name("deadline")
            .start(() -> {
              try {
                Thread.sleep(time);
                waiting.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // in time
              }
            }));
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
