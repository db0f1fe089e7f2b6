package dev.otelscope.otlp;

/// Hears of an `ExportMetricsServiceRequest` in document order: a resource, its scopes, their
/// metrics, their points. Everything handed over is a flyweight that is valid during the call only.
///
/// Source: `opentelemetry/proto/metrics/v1/metrics.proto`.
public interface MetricsHandler {

  /// A `ResourceMetrics` begins. Called before anything of it, wherever its resource stands in the
  /// message.
  void onResource(AttributesView resource);

  /// A `ScopeMetrics` begins.
  ///
  /// @param name the instrumentation scope's name, empty when there is none
  void onScope(TextView name);

  /// A metric begins. Called before its points, wherever its name stands in the message. Not called
  /// for a metric without data of any kind.
  ///
  /// @return whether its points are wanted; points of a metric that is not are skipped, though
  ///   still checked for being well formed
  boolean onMetric(MetricView metric);

  /// A point of a gauge or sum.
  void onNumber(NumberPointView point);

  /// A point of a histogram, exponential histogram or summary.
  void onDistribution(DistributionPointView point);
}
