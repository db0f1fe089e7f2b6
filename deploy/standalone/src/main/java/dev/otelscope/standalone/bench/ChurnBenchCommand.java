package dev.otelscope.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `scope bench churn`: a busy day in a quarter of an hour. Namespaces, processes and connections
/// come and go, and what the programs that watch them use is looked at all the time.
@Command(
    name = "churn",
    description =
        "Lets processes, connections and network namespaces come and go, and watches whether the"
            + " probe and the processor grow. Needs root.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ChurnBenchCommand implements Callable<Integer> {
  private static final Duration FORGETTING = Duration.ofSeconds(100);

  @Option(names = "--processes", description = "Processes in all (default: ${DEFAULT-VALUE}).")
  private int processes = 100_000;

  @Option(names = "--connections", description = "Connections in all (default: ${DEFAULT-VALUE}).")
  private int connections = 1_000_000;

  @Option(names = "--namespaces", description = "Namespaces in all (default: ${DEFAULT-VALUE}).")
  private int namespaces = 200;

  @Option(names = "--minutes", description = "Time to do it in (default: ${DEFAULT-VALUE}).")
  private int minutes = 12;

  @Option(names = "--looks", description = "How often to look (default: ${DEFAULT-VALUE}).")
  private int looks = 24;

  private final Map<String, Course> courses = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("otelscope-churn");
    Duration time = Duration.ofMinutes(minutes);
    System.out.println(Machine.describe());
    System.out.printf(
        "%,d processes, %,d connections, %,d network namespaces in %d minutes; logs in %s%n%n",
        processes, connections, namespaces, minutes, folder);
    long failed;
    try (ChurnLoad load = new ChurnLoad(folder.resolve("load.log"));
        MeasuredParts parts = new MeasuredParts(folder);
        MapWatcher map = new MapWatcher(parts.url())) {
      long start = System.nanoTime();
      load.start(namespaces, processes / namespaces, Math.max(1, connections / processes), time);
      while (!load.isDone()) {
        TimeUnit.MILLISECONDS.sleep(time.toMillis() / looks);
        look(start, load, parts);
      }
      TimeUnit.SECONDS.sleep(FORGETTING.toSeconds());
      look(start, load, parts);
      failed = load.failed();
      System.out.printf(
          "%nOpened by the map: %,d. Namespaces in which something failed: %d.%n",
          map.opened(), failed);
    }
    boolean grows = false;
    for (Map.Entry<String, Course> course : courses.entrySet()) {
      System.out.printf("%s: %s%n", course.getKey(), course.getValue().grows() ? "grows" : "flat");
      grows |= course.getValue().grows();
    }
    return grows || failed > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void look(long start, ChurnLoad load, MeasuredParts parts) throws IOException {
    SortedMap<String, Long> vitals = new TreeMap<>();
    for (String part : new String[] {"probe", "processor"}) {
      vitals.putAll(Vitals.of(part, parts.pid(part)));
    }
    if (courses.isEmpty()) {
      System.out.println(
          "| minute | namespaces gone | " + String.join(" | ", vitals.keySet()) + " |");
      System.out.println("|---:|---:|" + "---:|".repeat(vitals.size()));
    }
    StringBuilder row = new StringBuilder();
    vitals.forEach((name, figure) -> {
      courses.computeIfAbsent(name, first -> new Course()).add(figure);
      row.append(" %,d |".formatted(figure));
    });
    System.out.printf("| %.1f | %,d |%s%n", (System.nanoTime() - start) / 60e9, load.gone(), row);
  }
}
