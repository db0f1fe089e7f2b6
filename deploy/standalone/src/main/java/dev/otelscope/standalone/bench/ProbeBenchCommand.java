package dev.otelscope.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `scope bench probe`: held and short connections between many processes, and what it costs to map
/// them. Everything is measured twice: before anybody talks, and while everybody does.
@Command(
    name = "probe",
    description =
        "Makes connections in network namespaces of its own and measures what it costs to map them."
            + " Needs root.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ProbeBenchCommand implements Callable<Integer> {
  private static final int NEW_CONNECTIONS = 10;

  @Option(names = "--held", description = "Connections held (default: ${DEFAULT-VALUE}).")
  private int held = 1000;

  @Option(names = "--rate", description = "Short connections a second (default: ${DEFAULT-VALUE}).")
  private int rate = 1000;

  @Option(names = "--clients", description = "Client processes (default: ${DEFAULT-VALUE}).")
  private int clients = 20;

  @Option(names = "--servers", description = "Server processes (default: ${DEFAULT-VALUE}).")
  private int servers = 5;

  @Option(
      names = "--seconds",
      description = "How long each measurement lasts (default: ${DEFAULT-VALUE}).")
  private int seconds = 30;

  @Option(names = "--pid", description = "Measure this process, too: another agent, to compare.")
  private @Nullable Long pid;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("otelscope-bench");
    System.out.println(Machine.describe());
    System.out.printf(
        "%,d connections held, %,d short ones a second, %d client and %d server processes; logs in %s%n%n",
        held, rate, clients, servers, folder);
    try (Load load = new Load(servers, clients, folder.resolve("load.log"));
        MeasuredParts parts = new MeasuredParts(folder, load.namespaceNames());
        MapWatcher map = new MapWatcher(parts.url())) {
      settle();
      Measurement idle = measure(parts, map);
      Duration[] delays = delays(load, map);
      load.hold(held);
      load.churn(rate);
      settle();
      long openedBefore = load.opened();
      Measurement busy = measure(parts, map);
      long opened = load.opened() - openedBefore;
      long active = map.active();
      load.rest();
      settle();
      Report.print(idle, busy);
      Report.print(delays);
      System.out.printf(
          "%nOpened in that time: %,d a second. Open on the map at its end: %,d.%n",
          opened / seconds, active);
      System.out.printf(
          "Opened since the start: %,d; on the map: %,d.%n", load.opened(), map.opened());
    }
    return 0;
  }

  /// How long new connections, each between programs that had none, took to appear on the map.
  private static Duration[] delays(Load load, MapWatcher map) throws InterruptedException {
    Duration[] delays = new Duration[Math.min(NEW_CONNECTIONS, load.pairs())];
    for (int i = 0; i < delays.length; i++) {
      int pair = i;
      delays[i] = map.untilSeen(() -> load.connect(pair));
    }
    return delays;
  }

  private Measurement measure(MeasuredParts parts, MapWatcher map)
      throws IOException, InterruptedException {
    Map<String, Usage> before = usage(parts);
    long bytes = parts.otlpBytes();
    long updates = map.updates();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double took = (System.nanoTime() - start) / 1e9;
    return new Measurement(
        took, before, usage(parts), parts.otlpBytes() - bytes, map.updates() - updates);
  }

  private Map<String, Usage> usage(MeasuredParts parts) throws IOException {
    Map<String, Usage> usage = parts.usage();
    if (pid != null) {
      usage.put("pid " + pid, Usage.of(pid));
    }
    return usage;
  }

  /// Until what happened has gone all the way, and the virtual machines have compiled what is hot.
  private static void settle() throws InterruptedException {
    TimeUnit.SECONDS.sleep(10);
  }

  /// What happened within some seconds.
  record Measurement(
      double seconds,
      Map<String, Usage> before,
      Map<String, Usage> after,
      long otlpBytes,
      long mapUpdates) {}

  /// What this runs on, in a line.
  private record Machine() {
    static String describe() throws IOException {
      Optional<String> model =
          Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst();
      return "%d × %s, Linux %s, Java %s"
          .formatted(
              Runtime.getRuntime().availableProcessors(),
              model.orElse(System.getProperty("os.arch")),
              System.getProperty("os.version"),
              Runtime.version());
    }
  }
}
