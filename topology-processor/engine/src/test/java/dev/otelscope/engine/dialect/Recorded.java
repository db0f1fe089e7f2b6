package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Observation;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.DistributionPointView;
import dev.otelscope.otlp.MalformedOtlpException;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.MetricsHandler;
import dev.otelscope.otlp.MetricsReader;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.OtlpLimits;
import dev.otelscope.otlp.TextView;
import java.util.ArrayList;
import java.util.List;

/// What a dialect alone makes of requests.
final class Recorded implements Observations {
  private final List<Observation> observations = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final FlowDialect.Reader dialect;
  private int points;
  private int empty;

  Recorded(FlowDialect of) {
    dialect = of.reader(this);
  }

  /// Reads a request; what was recorded before is forgotten.
  Recorded read(byte[] request) {
    observations.clear();
    problems.clear();
    points = 0;
    empty = 0;
    try {
      new MetricsReader(OtlpLimits.DEFAULT).read(request, new Walk());
    } catch (MalformedOtlpException e) {
      throw new IllegalArgumentException(e);
    }
    dialect.onResourceEnd();
    return this;
  }

  List<Observation> observations() {
    return List.copyOf(observations);
  }

  <T extends Observation> T only(Class<T> type) {
    List<T> found = observations.stream().filter(type::isInstance).map(type::cast).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one " + type.getSimpleName() + ", not " + found);
    }
    return found.getFirst();
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /// Points that the dialect was asked to read.
  int points() {
    return points;
  }

  /// Points of which it told something.
  int told() {
    return observations.stream().mapToInt(Observation::points).sum() + problems.size() + empty;
  }

  @Override
  public void add(Observation observation) {
    observations.add(observation);
  }

  @Override
  public void unusable(String why) {
    problems.add(why);
  }

  @Override
  public void empty() {
    empty++;
  }

  private final class Walk implements MetricsHandler {
    private boolean mine;
    private boolean wanted;
    private boolean begun;

    @Override
    public void onResource(AttributesView resource) {
      if (begun) {
        dialect.onResourceEnd();
      }
      begun = true;
      mine = dialect.onResource(resource);
    }

    @Override
    public void onScope(TextView name) {
      wanted = mine && dialect.onScope(name);
    }

    @Override
    public boolean onMetric(MetricView metric) {
      return wanted && dialect.onMetric(metric);
    }

    @Override
    public void onNumber(NumberPointView point) {
      points++;
      dialect.onNumber(point);
    }

    @Override
    public void onDistribution(DistributionPointView point) {
      points++;
      dialect.onDistribution(point);
    }
  }
}
