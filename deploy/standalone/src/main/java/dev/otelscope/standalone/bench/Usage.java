package dev.otelscope.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a process has used up to now, by `/proc`.
///
/// @param cpuTicks user and system time of all its threads, in hundredths of a second (`USER_HZ`)
/// @param residentKib physical memory that it has mapped
/// @param proportionalKib the same, shared pages divided by the number that share them
record Usage(long cpuTicks, long residentKib, long proportionalKib) {
  private static final int TICKS_PER_SECOND = 100;

  static Usage of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(folder.resolve("stat"));
    // The name, which may hold anything, ends with the last parenthesis; utime is the 12th after
    // it.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    List<String> memory = Files.readAllLines(folder.resolve("smaps_rollup"));
    return new Usage(
        Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)),
        kib(memory, "Rss:"),
        kib(memory, "Pss:"));
  }

  private static long kib(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /// Share of one core since `earlier`, in percent.
  double cpuPercentSince(Usage earlier, double seconds) {
    return 100.0 * (cpuTicks - earlier.cpuTicks) / TICKS_PER_SECOND / seconds;
  }
}
