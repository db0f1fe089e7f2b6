package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.engine.observation.Observation.MeasurementSeen;
import dev.otelscope.engine.observation.Observation.Subject;
import dev.otelscope.engine.observation.Reading.Kind;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.NumberPointView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a point of any metric as a measurement of its resource's entity. One thread at a time.
final class MeasurementReader {
  private static final int SLOTS = 1 << 8;

  private final @Nullable Subject[] subjects = new @Nullable Subject[SLOTS];
  private String metric = "";
  private String unit = "";
  private boolean monotonic;
  private Kind kind = Kind.LATEST;

  void onMetric(MetricView view) {
    metric = view.name().string();
    unit = view.unit().string();
    monotonic = view.isMonotonic();
    kind = Readings.kind(view);
  }

  MeasurementSeen read(Description entity, NumberPointView point) {
    return new MeasurementSeen(
        entity.id(), entity.host(), subject(point.attributes()), Readings.of(kind, point));
  }

  private Subject subject(AttributesView attributes) {
    int size = attributes.size();
    int slot = metric.hashCode() & (SLOTS - 1);
    Subject plain = subjects[slot];
    if (size == 0 && plain != null && isOfMetric(plain) && plain.attributes().isEmpty()) {
      return plain;
    }
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < size; i++) {
      texts.put(attributes.key(i).string(), attributes.value(i).toString());
    }
    Subject subject = new Subject(metric, texts, unit, monotonic);
    if (size == 0) {
      subjects[slot] = subject;
    }
    return subject;
  }

  private boolean isOfMetric(Subject subject) {
    return subject.metric().equals(metric)
        && subject.unit().equals(unit)
        && subject.monotonic() == monotonic;
  }
}
