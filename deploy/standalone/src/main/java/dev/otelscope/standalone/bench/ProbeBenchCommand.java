package dev.otelscope.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
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
  @Option(names = "--held", description = "Connections held (default: ${DEFAULT-VALUE}).")
  private int held = 1000;

  @Option(names = "--rate", description = "Short connections a second (default: ${DEFAULT-VALUE}).")
  private int rate = 1000;

  @Option(names = "--clients", description = "Client processes (default: ${DEFAULT-VALUE}).")
  private int clients = 20;

  @Option(names = "--servers", description = "Server processes (default: ${DEFAULT-VALUE}).")
  private int servers = 5;

  @Option(
      names = "--namespaces",
      description =
          "Network namespaces that the clients are spread over (default: ${DEFAULT-VALUE}); the"
              + " servers have one more.")
  private int namespaces = 1;

  @Option(
      names = "--warm-up",
      description =
          "Seconds before each measurement, in which the virtual machines compile what is hot"
              + " (default: ${DEFAULT-VALUE}).")
  private int warmUp = 10;

  @Option(
      names = "--tries",
      description =
          "New connections whose way to the map is timed while the others are held"
              + " (default: ${DEFAULT-VALUE}).")
  private int tries = 10;

  @Option(
      names = "--seconds",
      description = "How long each measurement lasts (default: ${DEFAULT-VALUE}).")
  private int seconds = 30;

  @Option(names = "--pid", description = "Measure this process, too: another agent, to compare.")
  private @Nullable Long pid;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("otelscope-bench");
    Path log = folder.resolve("load.log");
    System.out.println(Machine.describe());
    System.out.printf(
        "%,d connections held, %,d short ones a second, %d client processes in %d namespaces and %d"
            + " server processes; logs in %s%n%n",
        held, rate, clients, namespaces, servers, folder);
    try (Load load = new Load(servers, clients, namespaces, log);
        Load.Strangers strangers = load.strangers(tries, log);
        MeasuredParts parts = new MeasuredParts(folder, "--namespaces=" + load.namespaceNames());
        MapWatcher map = new MapWatcher(parts.url())) {
      TimeUnit.SECONDS.sleep(warmUp);
      Measurement idle = measure(parts, map);
      load.hold(held);
      load.churn(rate);
      TimeUnit.SECONDS.sleep(warmUp);
      long openedBefore = load.opened();
      Measurement busy = measure(parts, map);
      long opened = load.opened() - openedBefore;
      long active = map.active();
      Report.print(idle, busy);
      Target.of(held, rate).ifPresent(target -> Report.print(target, idle, busy));
      Report.print(delays(strangers, map));
      load.rest();
      settle();
      System.out.printf(
          "%nOpened in that time: %,d a second. Open on the map at its end: %,d.%n",
          opened / seconds, active);
      System.out.printf(
          "Opened since the start: %,d; on the map: %,d.%n", load.opened() + tries, map.opened());
      map.coverage().forEach(gap -> System.out.println("The map says: " + gap));
    }
    return 0;
  }

  /// How long new connections, each between programs that had none, took to appear on the map. Each
  /// begins at any point of the probe's interval, not just after the last one was seen.
  private Duration[] delays(Load.Strangers strangers, MapWatcher map) throws InterruptedException {
    Duration[] delays = new Duration[tries];
    for (int i = 0; i < tries; i++) {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1000));
      int pair = i;
      delays[i] =
          map.untilSeen(
              strangers.client(i).pid(), strangers.server(i).pid(), () -> strangers.meet(pair));
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

  /// Until what happened has gone all the way.
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
}
