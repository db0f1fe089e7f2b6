package dev.otelscope.engine.dialect;

import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.DistributionPointView;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.TextView;

/// A way in which some producer says in OTLP who exists and who talks to whom. An extension point:
/// one class, its test, its line in [Dialects#ALL].
public interface FlowDialect {

  /// A reader for one thread at a time, used for request after request.
  Reader reader(Observations sink);

  /// Hears a request in document order and tells what it means to the sink. Views are valid during
  /// the call only. Never throws for what a producer says: a point that it cannot use it tells as
  /// [Observations#unusable].
  interface Reader {

    /// A resource begins.
    ///
    /// @return whether this dialect may have a use for what follows
    boolean onResource(AttributesView resource);

    /// A scope of that resource begins.
    ///
    /// @return whether its metrics are this dialect's: the first that says so gets them
    boolean onScope(TextView name);

    /// A metric of that scope begins.
    ///
    /// @return whether its points are wanted
    boolean onMetric(MetricView metric);

    /// A point of that metric: tells exactly one observation with `points()` 1, or that it is
    /// unusable or empty.
    void onNumber(NumberPointView point);

    /// The same for a point of a histogram or summary.
    default void onDistribution(DistributionPointView point) {
      throw new IllegalStateException("asked for no distribution");
    }

    /// All of that resource was told.
    void onResourceEnd();
  }
}
