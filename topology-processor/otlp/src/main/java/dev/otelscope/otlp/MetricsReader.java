package dev.otelscope.otlp;

import static java.util.Objects.checkFromIndexSize;

import dev.otelscope.otlp.MetricView.Kind;

/// Reads `ExportMetricsServiceRequest` from its protobuf bytes. Reused from message to message, by
/// one thread.
///
/// Fields may stand in any order and be repeated, with protobuf's meaning: the last number or text
/// counts, messages are joined. Unknown fields are passed over. Text that is not UTF-8 is let pass.
public final class MetricsReader {
  /*
   * Order
   *   A handler hears of a resource before its scopes, of a metric's name and kind before its points.
   *   Hence each message that encloses others is walked over twice: first from field to field, which
   *   for the enclosed ones means jumping by their length, then into them. The first walk costs a
   *   few reads per enclosed message; nothing is copied or kept.
   *
   * Memory
   *   Everything is allocated with the reader and refilled, except strings that the cache has not
   *   got, and what grows to a limit: pairs of an attribute set, places of exemplars.
   */

  private static final int RESOURCE_METRICS = 1 << 3 | WireReader.LENGTH;

  private final WireReader in = new WireReader();
  private final MessageCheck check;
  private final ResourceHeader resource;
  private final ScopeHeader scope;
  private final MetricHeader metric;
  private final NumberPoint number;
  private final DistributionPoint distribution;

  public MetricsReader(OtlpLimits limits) {
    TextCache cache = new TextCache();
    check = new MessageCheck(limits.nesting());
    resource = new ResourceHeader(OtlpSchema.RESOURCE_METRICS, limits, check, cache);
    scope = new ScopeHeader(OtlpSchema.SCOPE_METRICS, check, cache);
    metric = new MetricHeader(check, cache);
    number = new NumberPoint(limits, check, cache);
    distribution = new DistributionPoint(limits, check, cache);
  }

  /// Reads a message that fills the array. See [#read(byte\[\], int, int, MetricsHandler)].
  public void read(byte[] message, MetricsHandler handler) throws MalformedOtlpException {
    read(message, 0, message.length, handler);
  }

  /// Reads a message and tells `handler` of it. An empty message is a valid one.
  ///
  /// @throws MalformedOtlpException when the bytes are not such a message; the handler has then
  ///   heard of what stands before that place, so whoever accepts a message whole or not at all
  ///   must hold back what it hears until this method returns
  public void read(byte[] bytes, int offset, int length, MetricsHandler handler)
      throws MalformedOtlpException {
    checkFromIndexSize(offset, length, bytes.length);
    in.reset(bytes, offset, length);
    check.reset();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == RESOURCE_METRICS) {
        int outer = in.enter();
        readResourceMetrics(handler);
        in.leave(outer);
      } else {
        check.field(in, OtlpSchema.METRICS_REQUEST, tag);
      }
    }
  }

  /// How many attributes and exemplars a limit left out, cut or emptied since this reader was made.
  public long overLimit() {
    return resource.overLimit() + number.overLimit() + distribution.overLimit();
  }

  private void readResourceMetrics(MetricsHandler handler) throws MalformedOtlpException {
    handler.onResource(resource.read(in));
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ResourceHeader.SCOPES) {
        int outer = in.enter();
        readScopeMetrics(handler);
        in.leave(outer);
      } else {
        in.skip(tag);
      }
    }
  }

  private void readScopeMetrics(MetricsHandler handler) throws MalformedOtlpException {
    handler.onScope(scope.read(in));
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ScopeHeader.CONTENT) {
        int outer = in.enter();
        readMetric(handler);
        in.leave(outer);
      } else {
        in.skip(tag);
      }
    }
  }

  private void readMetric(MetricsHandler handler) throws MalformedOtlpException {
    if (!metric.read(in)) {
      return;
    }
    boolean isWanted = handler.onMetric(metric);
    while (in.hasMore()) {
      boolean isInForce = in.position() >= metric.dataStart();
      int tag = in.tag();
      if (MetricHeader.kindAt(tag) == null) {
        in.skip(tag);
      } else if (isWanted && isInForce) {
        readPoints(metric.kind(), handler);
      } else {
        check.field(in, OtlpSchema.METRIC, tag);
      }
    }
  }

  private void readPoints(Kind kind, MetricsHandler handler) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == MetricHeader.DATA_POINTS) {
        readPoint(kind, handler);
      } else {
        in.skip(tag);
      }
    }
    in.leave(outer);
  }

  private void readPoint(Kind kind, MetricsHandler handler) throws MalformedOtlpException {
    int outer = in.enter();
    switch (kind) {
      case GAUGE, SUM -> {
        number.read(in);
        handler.onNumber(number);
      }
      case HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> {
        distribution.read(in, kind);
        handler.onDistribution(distribution);
      }
    }
    in.leave(outer);
  }
}
