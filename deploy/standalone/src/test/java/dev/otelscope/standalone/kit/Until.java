package dev.otelscope.standalone.kit;

import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.testbed.Started;
import java.time.Duration;
import java.util.concurrent.Callable;

/// Waiting for something that a program does; in vain once the program ended.
public final class Until {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Until() {}

  /// Waits until the program said `text`.
  public static void said(Started program, String text) {
    holds(program, () -> program.said().contains(text));
  }

  /// Waits until `condition` holds.
  public static void holds(Started program, Callable<Boolean> condition) {
    await()
        .atMost(PATIENCE)
        .failFast(
            "the program ended",
            () -> {
              if (!program.isAlive()) {
                throw new IllegalStateException(
                    "status %d: %s".formatted(program.await(Duration.ZERO), program.said()));
              }
            })
        .until(condition);
  }
}
