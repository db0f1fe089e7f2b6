package dev.otelscope.probe.emission;

import dev.otelscope.probe.connection.DurationCounts;
import dev.otelscope.probe.tracking.Durations;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import java.util.AbstractList;
import java.util.List;

/// A [Point] that says how long connections lasted: an exponential histogram of scale 0.
final class DurationPoint extends Point implements ExponentialHistogramPointData {
  /*
   * A block that takes over from another one says only what came after, so it keeps what there was
   * when it began; a delta keeps what there was when the one before it was sent. The values hold
   * still between two rounds, like those of all points.
   */
  private static final int SCALE = 0;
  private static final ExponentialHistogramBuckets NONE =
      ExponentialHistogramBuckets.create(SCALE, 0, List.of());

  private final long[] before = new long[DurationCounts.BUCKETS];
  private double secondsBefore;
  private final long[] counts = new long[DurationCounts.BUCKETS];
  private long count;
  private double seconds;

  /// @param said what another block has said already
  /// @param goesOn whether there is one
  DurationPoint(Attributes attributes, long startNanos, Durations said, boolean goesOn) {
    super(attributes, startNanos);
    secondsBefore = goesOn ? said.seconds() : 0;
    for (int i = 0; goesOn && i < before.length; i++) {
      before[i] = said.bucket(i);
    }
  }

  /// Takes the present counts and joins the round when that is due.
  ///
  /// @param apartNanos how long a change waits at least after what was sent last
  void offer(
      Durations present, long apartNanos, Round round, EntityBlock entity, ProbeMetric metric) {
    settle(round, metric);
    long countBefore = count;
    count = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = present.bucket(i) - before[i];
      count += counts[i];
    }
    seconds = present.seconds() - secondsBefore;
    if (isDue(count != countBefore, apartNanos, round)) {
      entity.add(metric, this, round);
    }
  }

  /// Joins the round with the counts that it has.
  void repeat(Round round, EntityBlock entity, ProbeMetric metric) {
    settle(round, metric);
    if (isRepeatable(round)) {
      entity.add(metric, this, round);
    }
  }

  @Override
  void beginAgain() {
    for (int i = 0; i < counts.length; i++) {
      before[i] += counts[i];
      counts[i] = 0;
    }
    secondsBefore += seconds;
    count = 0;
    seconds = 0;
  }

  @Override
  public int getScale() {
    return SCALE;
  }

  @Override
  public double getSum() {
    return seconds;
  }

  @Override
  public long getCount() {
    return count;
  }

  @Override
  public long getZeroCount() {
    return 0;
  }

  @Override
  public boolean hasMin() {
    return false;
  }

  @Override
  public double getMin() {
    return 0;
  }

  @Override
  public boolean hasMax() {
    return false;
  }

  @Override
  public double getMax() {
    return 0;
  }

  @Override
  public ExponentialHistogramBuckets getPositiveBuckets() {
    int first = 0;
    while (first < counts.length - 1 && counts[first] == 0) {
      first++;
    }
    int end = counts.length;
    while (end > first + 1 && counts[end - 1] == 0) {
      end--;
    }
    return ExponentialHistogramBuckets.create(
        SCALE, Durations.FIRST + first, new Counts(counts, first, end));
  }

  @Override
  public ExponentialHistogramBuckets getNegativeBuckets() {
    return NONE;
  }

  @Override
  public List<DoubleExemplarData> getExemplars() {
    return List.of();
  }

  /// A part of the counts as the SDK wants them.
  private static final class Counts extends AbstractList<Long> {
    private final long[] counts;
    private final int from;
    private final int to;

    private Counts(long[] counts, int from, int to) {
      this.counts = counts;
      this.from = from;
      this.to = to;
    }

    @Override
    public Long get(int index) {
      return counts[from + index];
    }

    @Override
    public int size() {
      return to - from;
    }
  }
}
