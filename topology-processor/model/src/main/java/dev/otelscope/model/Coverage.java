package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What could not be seen, said where the map is shown: a probe of a lower tier, lost events, a
/// producer over its limits, a probe that fell silent.
///
/// @param key tells it from all others, such as `probe~<host id>~tier`
/// @param subject whom it concerns, usually a host; an entity that need not be in the snapshot
/// @param message one sentence for a person: what is missing and what to do about it
/// @param since when it began
public record Coverage(
    String key, EntityId subject, Severity severity, String message, Instant since) {

  public enum Severity {
    /// Nothing is missing; good to know.
    INFO,
    /// The map is right but not complete.
    LIMITED,
    /// The map may be wrong.
    TROUBLE
  }

  public Coverage {
    requireNonNull(key, "key");
    requireNonNull(subject, "subject");
    requireNonNull(severity, "severity");
    requireNonNull(message, "message");
    requireNonNull(since, "since");
  }
}
