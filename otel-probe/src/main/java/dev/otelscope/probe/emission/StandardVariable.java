package dev.otelscope.probe.emission;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An environment variable of OpenTelemetry that is set. Knows its name, so that what is wrong with
/// its value can be said.
///
/// @param value without spaces around it, not empty
/// @see <a
///   href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">the
///   specification</a>
public record StandardVariable(String name, String value) {
  private static final String OTLP = "OTEL_EXPORTER_OTLP_";

  public StandardVariable {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }

  /// The variable with this name; empty when it is not set, or set to nothing.
  public static Optional<StandardVariable> of(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(new StandardVariable(name, value));
  }

  /// `OTEL_EXPORTER_OTLP_METRICS_…`, or the same of another signal, if it is set, else
  /// `OTEL_EXPORTER_OTLP_…`.
  static Optional<StandardVariable> ofOtlp(
      Map<String, String> environment, OtlpSignal signal, String suffix) {
    return of(environment, OTLP + signal + "_" + suffix).or(() -> of(environment, OTLP + suffix));
  }

  /// The value as a word, for which upper and lower case are the same.
  String word() {
    return value.toLowerCase(Locale.ROOT);
  }

  /// Whether it is `true`.
  public boolean isTrue() {
    return switch (word()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("true or false");
    };
  }

  /// The value as a number of milliseconds, more than zero.
  public Duration millis() {
    long millis;
    try {
      millis = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw wrong("a number of milliseconds");
    }
    if (millis <= 0 || millis > Integer.MAX_VALUE) {
      throw wrong("a number of milliseconds from 1 to " + Integer.MAX_VALUE);
    }
    return Duration.ofMillis(millis);
  }

  /// What to throw when the value is none of those that are `expected`.
  public IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(name + " must be " + expected + ", not '" + value + "'");
  }
}
