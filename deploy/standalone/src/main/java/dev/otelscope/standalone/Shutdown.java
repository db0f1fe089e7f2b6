package dev.otelscope.standalone;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens when the process is told to stop.
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /// Status of a program that SIGTERM ended.
  private static final int TERMINATED = 128 + 15;

  private Shutdown() {}

  /// Closes `running` at the end of the process, which comes within 5 s of being asked for,
  /// whatever `running` does.
  static void close(AutoCloseable running) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeInTime(running), "shutdown"));
  }

  private static void closeInTime(AutoCloseable running) {
    Thread closing = Thread.ofPlatform().daemon().name("close").start(() -> closeNow(running));
    try {
      if (!closing.join(PATIENCE)) {
        System.err.println("scope: not everything had ended after " + PATIENCE.toSeconds() + " s.");
        Runtime.getRuntime().halt(TERMINATED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeNow(AutoCloseable running) {
    try {
      running.close();
    } catch (Exception e) {
      LOG.warn("not everything could be closed", e);
    }
  }
}
