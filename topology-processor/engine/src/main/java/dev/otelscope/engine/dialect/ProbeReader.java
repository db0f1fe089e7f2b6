package dev.otelscope.engine.dialect;

import static java.util.Objects.requireNonNull;

import dev.otelscope.engine.observation.Figure;
import dev.otelscope.engine.observation.Observation;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.engine.observation.Observation.EntitySeen;
import dev.otelscope.engine.observation.Observation.EventsLost;
import dev.otelscope.engine.observation.Reading;
import dev.otelscope.engine.observation.Reading.Kind;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.MetricNames;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.TextView;
import dev.otelscope.otlp.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what the probe says. One thread at a time.
final class ProbeReader implements FlowDialect.Reader {
  private static final Utf8 ACTIVE = Utf8.of(MetricNames.CONNECTION_ACTIVE);
  private static final Utf8 OPENED = Utf8.of(MetricNames.CONNECTION_OPENED);
  private static final Utf8 FAILED = Utf8.of(MetricNames.CONNECTION_FAILED);
  private static final Utf8 RESET = Utf8.of(MetricNames.CONNECTION_RESET);
  private static final Utf8 IO = Utf8.of(MetricNames.CONNECTION_IO);
  private static final Utf8 RETRANSMITS = Utf8.of(MetricNames.CONNECTION_RETRANSMITS);
  private static final Utf8 RTT = Utf8.of(MetricNames.CONNECTION_RTT);
  private static final Utf8 LISTENER = Utf8.of(MetricNames.LISTENER);
  private static final Utf8 COVERAGE = Utf8.of(MetricNames.PROBE_COVERAGE);
  private static final Utf8 LOST = Utf8.of(MetricNames.PROBE_LOST);
  private static final Utf8 LOST_REASON = Utf8.of(AttributeNames.LOST_REASON);

  /// Which metric the points to come are of.
  private enum Subject {
    ACTIVE,
    OPENED,
    FAILED,
    RESET,
    IO,
    RETRANSMITS,
    ROUND_TRIP,
    LISTENER,
    COVERAGE,
    LOST,
    MEASUREMENT
  }

  private final Observations sink;
  private final ResourceReader resources = new ResourceReader();
  private final SideReader sides = new SideReader(ProbeDialect.SOURCE);
  private final SampleReader samples = new SampleReader();
  private final ListenerReader listeners = new ListenerReader();
  private final CoverageReader coverage = new CoverageReader();
  private final MeasurementReader measurements = new MeasurementReader();

  private @Nullable Description entity;
  private boolean heard;
  private long newestStart;
  private long newestTime;
  private Subject subject = Subject.MEASUREMENT;
  private Kind kind = Kind.LATEST;

  ProbeReader(Observations sink) {
    this.sink = sink;
  }

  @Override
  public boolean onResource(AttributesView resource) {
    entity = resources.read(resource);
    heard = false;
    newestStart = 0;
    newestTime = 0;
    return entity != null;
  }

  @Override
  public boolean onScope(TextView name) {
    return name.is(ProbeDialect.SCOPE);
  }

  @Override
  public boolean onMetric(MetricView metric) {
    if (metric.kind() != MetricView.Kind.GAUGE && metric.kind() != MetricView.Kind.SUM) {
      return false; // connection durations: nothing shows them yet
    }
    subject = subject(metric.name());
    kind = Readings.kind(metric);
    if (subject == Subject.MEASUREMENT) {
      measurements.onMetric(metric);
    }
    return true;
  }

  @Override
  public void onNumber(NumberPointView point) {
    Description of = requireNonNull(entity, "a point before its resource");
    if (point.timeNanos() == 0) {
      sink.unusable("a point must say its time");
      return;
    }
    heard = true;
    newestTime = Math.max(newestTime, point.timeNanos());
    newestStart = Math.max(newestStart, point.startTimeNanos());
    if (point.hasNoValue()) {
      sink.empty();
      return;
    }
    switch (subject) {
      case ACTIVE -> gauge(of, point, Figure.ACTIVE);
      case ROUND_TRIP -> gauge(of, point, Figure.ROUND_TRIP);
      case OPENED -> connection(of, point, Figure.OPENED);
      case FAILED -> connection(of, point, Figure.FAILED);
      case RESET -> connection(of, point, Figure.RESET);
      case RETRANSMITS -> connection(of, point, Figure.RETRANSMITS);
      case IO -> connection(of, point, Figure.RECEIVED);
      case LISTENER -> listener(of, point);
      case COVERAGE -> sink.add(coverage.read(of, point));
      case LOST -> {
        String reason = point.attributes().string(LOST_REASON);
        sink.add(new EventsLost(of.host(), reason, Readings.of(kind, point)));
      }
      case MEASUREMENT -> sink.add(measurements.read(of, point));
    }
  }

  @Override
  public void onResourceEnd() {
    if (entity != null && heard) {
      sink.add(new EntitySeen(entity, newestStart, newestTime));
    }
    entity = null;
  }

  private void gauge(Description of, NumberPointView point, Figure figure) {
    if (kind == Kind.DELTA) {
      sink.unusable("what rises and falls must be cumulative, not delta");
    } else {
      connection(of, point, figure);
    }
  }

  private void connection(Description of, NumberPointView point, Figure figure) {
    Side side = sides.read(of, point.attributes());
    if (side == null) {
      sink.unusable(sides.problem());
      return;
    }
    Figure exact = figure == Figure.RECEIVED && sides.isTransmit() ? Figure.TRANSMITTED : figure;
    Reading reading = Readings.of(kind, point);
    sink.add(new ConnectionSeen(side, exact, exact == Figure.FAILED ? sides.cause() : "", reading));
    if (figure == Figure.ACTIVE || figure == Figure.OPENED) {
      List<Integer> ports = samples.read(side, point);
      if (!ports.isEmpty()) {
        sink.add(new ConnectionsSampled(side, figure == Figure.ACTIVE, ports, point.timeNanos()));
      }
    }
  }

  private void listener(Description of, NumberPointView point) {
    Observation seen =
        kind == Kind.DELTA
            ? null
            : listeners.read(of, point.attributes(), Readings.of(kind, point));
    if (seen == null) {
      sink.unusable("a listener must have an address, a port and tcp or udp, and be cumulative");
    } else {
      sink.add(seen);
    }
  }

  private static Subject subject(TextView name) {
    if (name.is(ACTIVE)) {
      return Subject.ACTIVE;
    } else if (name.is(OPENED)) {
      return Subject.OPENED;
    } else if (name.is(IO)) {
      return Subject.IO;
    } else if (name.is(RTT)) {
      return Subject.ROUND_TRIP;
    } else if (name.is(RETRANSMITS)) {
      return Subject.RETRANSMITS;
    } else if (name.is(FAILED)) {
      return Subject.FAILED;
    } else if (name.is(RESET)) {
      return Subject.RESET;
    } else if (name.is(LISTENER)) {
      return Subject.LISTENER;
    } else if (name.is(COVERAGE)) {
      return Subject.COVERAGE;
    }
    return name.is(LOST) ? Subject.LOST : Subject.MEASUREMENT;
  }
}
