package dev.otelscope.probe.host;

import dev.otelscope.probe.kernel.NetworkDevices;
import dev.otelscope.probe.kernel.NetworkDevices.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringTokenizer;

/// Reads how busy the host is from `stat`, `meminfo`, `net/dev` and `loadavg`.
public final class HostUsageReader {
  /// Columns of the line `cpu` in `/proc/stat`, as the semantic conventions name them.
  private static final List<String> CPU_MODES =
      List.of("user", "nice", "system", "idle", "iowait", "interrupt", "softirq", "steal");

  /// `USER_HZ`, which user space always sees as this (`include/asm-generic/param.h`).
  private static final double TICKS_PER_SECOND = 100;

  private final Path proc;
  private final Path sys;

  public HostUsageReader() {
    this(Path.of("/proc"), Path.of("/sys"));
  }

  HostUsageReader(Path proc, Path sys) {
    this.proc = proc;
    this.sys = sys;
  }

  /// What the kernel says now; empty when it does not say it as expected.
  public Optional<HostUsage> read() {
    try {
      Map<String, Long> memory = memory();
      long total = bytesOf(memory, "MemTotal");
      long free = bytesOf(memory, "MemFree");
      long buffers = bytesOf(memory, "Buffers");
      long cached = bytesOf(memory, "Cached") + bytesOf(memory, "SReclaimable");
      Map<String, Long> states =
          Map.of(
              "free", free,
              "buffers", buffers,
              "cached", cached,
              "used", Math.max(0, total - free - buffers - cached));
      String load = new StringTokenizer(Files.readString(proc.resolve("loadavg"))).nextToken();
      return Optional.of(new HostUsage(cpu(), states, total, networks(), Double.parseDouble(load)));
    } catch (IOException | NumberFormatException | NoSuchElementException e) {
      return Optional.empty();
    }
  }

  /// When the kernel started; empty when it does not say.
  public Optional<Instant> bootTime() {
    try {
      for (String line : Files.readAllLines(proc.resolve("stat"))) {
        if (line.startsWith("btime ")) {
          return Optional.of(Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip())));
        }
      }
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Map<String, Double> cpu() throws IOException {
    StringTokenizer words =
        new StringTokenizer(Files.readAllLines(proc.resolve("stat")).getFirst());
    words.nextToken();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String mode : CPU_MODES) {
      double value = Long.parseLong(words.nextToken()) / TICKS_PER_SECOND;
      seconds.merge(mode.equals("softirq") ? "interrupt" : mode, value, Double::sum);
    }
    return seconds;
  }

  /// Of real devices only, where there are any: what goes through a bridge or to a container goes
  /// through one of them, too, or does not leave the host.
  private Map<String, Traffic> networks() throws IOException {
    Map<String, Traffic> all = NetworkDevices.read(proc.resolve("net/dev"));
    Map<String, Traffic> real = new HashMap<>(all);
    real.keySet().removeIf(name -> Files.notExists(sys.resolve("class/net/" + name + "/device")));
    return real.isEmpty() ? all : real;
  }

  private Map<String, Long> memory() throws IOException {
    Map<String, Long> bytes = new HashMap<>();
    for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
      StringTokenizer words = new StringTokenizer(line, ": ");
      bytes.put(words.nextToken(), Long.parseLong(words.nextToken()) * 1024);
    }
    return bytes;
  }

  private static long bytesOf(Map<String, Long> memory, String name) {
    return memory.getOrDefault(name, 0L);
  }
}
