package dev.otelscope.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the benchmarks of a class and says how two of them relate.
final class Comparison {
  private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";

  static void run(Class<?> benchmarks, String ours, String theirs) throws RunnerException {
    Collection<RunResult> results = run(benchmarks);
    RunResult left = find(results, ours);
    RunResult right = find(results, theirs);
    System.out.printf(
        "%n%s is %.1f times as fast as %s, and allocates %.0f bytes where that allocates %.0f%n",
        ours,
        left.getPrimaryResult().getScore() / right.getPrimaryResult().getScore(),
        theirs,
        bytes(left),
        bytes(right));
  }

  static Collection<RunResult> run(Class<?> benchmarks) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("\\b" + benchmarks.getSimpleName() + "\\.")
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  private static RunResult find(Collection<RunResult> results, String label) {
    return results.stream()
        .filter(result -> result.getPrimaryResult().getLabel().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no benchmark " + label));
  }

  private static double bytes(RunResult result) {
    return requireNonNull(result.getSecondaryResults().get(BYTES_PER_OPERATION)).getScore();
  }

  private Comparison() {}
}
