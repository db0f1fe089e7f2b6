package dev.otelscope.standalone.testbed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program that runs until it is stopped, with what it says in a file. It does not outlive this
/// one, unless this one is killed outright.
public final class Started implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLLING = Duration.ofMillis(20);

  private final Process process;
  private final Path log;
  private final Thread killer;

  private Started(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.killer = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /// Starts a program.
  ///
  /// @param log file that both its output streams are appended to
  /// @throws UncheckedIOException when it cannot be started
  public static Started start(Path log, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    return start(builder, log);
  }

  /// Starts a program whose standard output the caller reads by [#output].
  ///
  /// @param log file that its standard error is appended to
  /// @throws UncheckedIOException when it cannot be started
  public static Started startForDialogue(Path log, List<String> command) {
    return start(new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())), log);
  }

  private static Started start(ProcessBuilder builder, Path log) {
    try {
      return new Started(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// The program's standard input.
  public BufferedWriter input() {
    return process.outputWriter();
  }

  /// The program's standard output, if it was started for dialogue.
  public BufferedReader output() {
    return process.inputReader();
  }

  /// Everything that is in its log so far.
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until it has said `text`.
  ///
  /// @throws IllegalStateException when it does not within `patience`, or ends before
  public void awaitSaid(String text, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!said().contains(text)) {
      if (!isAlive() || deadline - System.nanoTime() < 0) {
        throw new IllegalStateException("it did not say '%s', but: %s".formatted(text, said()));
      }
      LockSupport.parkNanos(POLLING.toNanos());
    }
  }

  /// Waits for its end.
  ///
  /// @return its exit status
  /// @throws IllegalStateException when it still runs after `patience`
  public int await(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "pid %d still runs after %s; it said: %s".formatted(pid(), patience, said()));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for pid " + pid(), e);
    }
  }

  /// Asks it to end (SIGTERM) without waiting.
  public void terminate() {
    process.destroy();
  }

  /// Ends it at once (SIGKILL).
  public void kill() {
    process.destroyForcibly();
    await(PATIENCE);
  }

  /// Asks it to end, and ends it when it does not within ten seconds.
  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The virtual machine is ending: the hook does what is left to do.
      process.destroyForcibly();
    }
  }
}
