package dev.otelscope.standalone.bench;

import java.util.ArrayList;
import java.util.List;

/// One figure over time.
final class Course {
  /*
   * Verdict
   *   The first half is for caches to fill and compilers to finish. After it, what leaks grows with
   *   what comes and goes: the mean of the last quarter is compared with that of the quarter before.
   *   A tenth more is taken for noise, and so are two of what is merely counted.
   */
  private static final double NOISE = 1.1;
  private static final double FEW = 2;

  private final List<Long> figures = new ArrayList<>();

  void add(long figure) {
    figures.add(figure);
  }

  boolean grows() {
    int quarter = figures.size() / 4;
    if (quarter == 0) {
      return false;
    }
    double before = mean(figures.size() - 2 * quarter, figures.size() - quarter);
    double last = mean(figures.size() - quarter, figures.size());
    return last > before * NOISE && last > before + FEW;
  }

  private double mean(int from, int to) {
    return figures.subList(from, to).stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
