import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Makes the ahead-of-time cache of a program: runs the program for a while as a user would and has
/// the virtual machine note which classes it loads, then has it write them as it wants to find
/// them.
///
/// Two runs, because the second one needs a collector that can write objects into the cache, which
/// the one that saves memory cannot.
///
/// @param command of a launcher that takes options of the virtual machine from OTELSCOPE_JAVA_OPTS
/// @param log file for what the program says meanwhile
record Training(List<String> command, Map<String, String> environment, Path log) {
  private static final long PATIENCE_SECONDS = 120;
  private static final long POLLING_MILLIS = 50;

  /// Runs the program until `enough`, and makes the cache of it.
  ///
  /// @throws IOException when the program does not do what was expected, which its log tells more
  ///   of
  void make(Path cache, BooleanSupplier enough) throws IOException, InterruptedException {
    Path noted = cache.resolveSibling(cache.getFileName() + ".noted");
    Path made = cache.resolveSibling(cache.getFileName() + ".made");
    try {
      rehearse(noted, enough);
      write(noted, made);
      Files.move(made, cache);
    } finally {
      Files.deleteIfExists(noted);
      Files.deleteIfExists(made);
    }
  }

  private void rehearse(Path noted, BooleanSupplier enough)
      throws IOException, InterruptedException {
    Process program = start("-XX:AOTMode=record -XX:AOTConfiguration=" + noted);
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!enough.getAsBoolean()) {
        if (!program.isAlive() || deadline - System.nanoTime() < 0) {
          throw new IOException("it did not get to work; see " + log);
        }
        Thread.sleep(POLLING_MILLIS);
      }
      program.destroy();
      program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      program.destroyForcibly();
    }
  }

  private void write(Path noted, Path made) throws IOException, InterruptedException {
    Process writer =
        start(
            "-XX:-UseSerialGC -XX:+UseG1GC -XX:AOTMode=create -XX:AOTConfiguration="
                + noted
                + " -XX:AOTCache="
                + made);
    if (!writer.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      writer.destroyForcibly();
    }
    if (!Files.exists(made)) {
      throw new IOException("no cache was written; see " + log);
    }
  }

  private Process start(String options) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("OTELSCOPE_JAVA_OPTS", options);
    return builder.start();
  }
}
