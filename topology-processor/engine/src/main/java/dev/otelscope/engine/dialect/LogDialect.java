package dev.otelscope.engine.dialect;

import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.LogRecordView;
import dev.otelscope.otlp.TextView;

/// A way in which some producer says in OTLP logs what the graph is made of: [FlowDialect] for the
/// other signal. An extension point: one class, its test, its line in [Dialects#LOGS].
public interface LogDialect {

  /// A reader for one thread at a time, used for request after request.
  Reader reader(Observations sink);

  /// Hears a request in document order and tells what it means to the sink. Views are valid during
  /// the call only. Never throws for what a producer says.
  interface Reader {

    /// A resource begins.
    ///
    /// @return whether this dialect may have a use for what follows
    boolean onResource(AttributesView resource);

    /// A scope of that resource begins.
    ///
    /// @return whether its records are this dialect's: the first that says so gets them
    boolean onScope(TextView name);

    /// A record of that scope. One that this dialect has a use for is told as exactly one
    /// observation with `points()` 1, or as unusable or empty.
    ///
    /// @return whether it has
    boolean onRecord(LogRecordView log);
  }
}
