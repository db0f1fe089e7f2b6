package dev.otelscope.engine.fold;

/// What a point was to the fold that it was given to.
public enum Verdict {
  /// The first of its series: it adds to the total, but says nothing about when.
  FIRST,
  /// It adds to what was known.
  GREW,
  /// It confirms what was known.
  SAME,
  /// It was there before, or a newer one was.
  DUPLICATE,
  /// What it adds can no longer be told from what was counted.
  LATE
}
