package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Observation;

/// Where a dialect's reader tells what it understood.
public interface Observations {

  void add(Observation observation);

  /// A point lacks what it needs, or has something that cannot be read.
  ///
  /// @param why what was expected and what came, as a part of a sentence
  void unusable(String why);

  /// A point says that it has no value.
  void empty();
}
