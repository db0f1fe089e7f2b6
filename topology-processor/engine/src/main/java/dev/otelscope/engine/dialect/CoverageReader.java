package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.Utf8;

/// Reads the probe's heartbeat.
final class CoverageReader {
  private static final Utf8 TIER = Utf8.of(AttributeNames.PROBE_TIER);
  private static final Utf8 REASON = Utf8.of(AttributeNames.PROBE_REASON);
  private static final Utf8 START = Utf8.of(AttributeNames.PROBE_START);
  private static final Utf8 INTERVAL = Utf8.of(AttributeNames.PROBE_EXPORT_INTERVAL);

  ProbeHeard read(Description host, NumberPointView point) {
    AttributesView attributes = point.attributes();
    return new ProbeHeard(
        host.host(),
        (int) number(attributes.string(TIER)),
        attributes.string(REASON),
        nanos(attributes.string(START)),
        number(attributes.string(INTERVAL)),
        point.timeNanos());
  }

  private static long nanos(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
