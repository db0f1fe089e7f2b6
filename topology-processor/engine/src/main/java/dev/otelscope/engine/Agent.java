package dev.otelscope.engine;

/// Something that one thread drives, turn by turn.
interface Agent {

  /// Does what is to be done now, without waiting.
  ///
  /// @return how much that was; 0 when there was nothing
  int doWork();
}
