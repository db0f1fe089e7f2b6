package dev.otelscope.probe.emission;

import dev.otelscope.model.MetricNames;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;

/// One metric of one entity, with the points that go in this round. Made once and filled again each
/// round; the SDK's own class for this is internal and immutable.
final class MetricBlock implements MetricData {
  private static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.create(MetricNames.PROBE_SCOPE);

  private final Resource resource;
  private final ProbeMetric metric;
  private final List<LongPointData> longs = new ArrayList<>(0);
  private final List<DoublePointData> doubles = new ArrayList<>(0);
  private final List<ExponentialHistogramPointData> histograms = new ArrayList<>(0);
  private final Data<?> data;

  MetricBlock(Resource resource, ProbeMetric metric, Temporality temporality) {
    this.resource = resource;
    this.metric = metric;
    ProbeMetric.Kind kind = metric.kind();
    this.data =
        switch (kind) {
          case LONG_COUNTER, OBSERVED_LONG_COUNTER ->
              SumData.createLongSumData(true, temporality.of(kind), longs);
          case OBSERVED_DOUBLE_COUNTER ->
              SumData.createDoubleSumData(true, temporality.of(kind), doubles);
          case LONG_UP_DOWN -> SumData.createLongSumData(false, temporality.of(kind), longs);
          case LONG_GAUGE -> GaugeData.createLongGaugeData(longs);
          case DOUBLE_GAUGE -> GaugeData.createDoubleGaugeData(doubles);
          case EXPONENTIAL_HISTOGRAM ->
              ExponentialHistogramData.create(temporality.of(kind), histograms);
        };
  }

  void add(LongPoint point) {
    longs.add(point);
  }

  void add(DoublePoint point) {
    doubles.add(point);
  }

  void add(DurationPoint point) {
    histograms.add(point);
  }

  int size() {
    return longs.size() + doubles.size() + histograms.size();
  }

  void clear() {
    longs.clear();
    doubles.clear();
    histograms.clear();
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public String getName() {
    return metric.metricName();
  }

  @Override
  public String getDescription() {
    return metric.description();
  }

  @Override
  public String getUnit() {
    return metric.unit();
  }

  @Override
  public MetricDataType getType() {
    return metric.kind().dataType();
  }

  @Override
  public Data<?> getData() {
    return data;
  }
}
