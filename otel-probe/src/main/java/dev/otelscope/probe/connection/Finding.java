package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

/// One thing that was tried, for a person who asks what the probe can see and why not more.
///
/// @param subject what it is about, such as `tier 2`
/// @param works whether it does
/// @param detail one sentence: what was seen, and where it does not work, what to give
public record Finding(String subject, boolean works, String detail) {
  public Finding {
    requireNonNull(subject, "subject");
    requireNonNull(detail, "detail");
  }

  /// One sentence without a full stop: `tier 2: …`
  @Override
  public String toString() {
    return subject + ": " + detail;
  }
}
