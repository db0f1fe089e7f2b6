package dev.otelscope.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// What became of a request. A request is taken whole, taken without the points that a limit or
/// their own content forbids, or not at all.
public sealed interface IngestOutcome {

  /// Everything was taken.
  ///
  /// @param points how many; those that no dialect had a use for are not among them
  record Accepted(long points) implements IngestOutcome {}

  /// To be answered with OTLP's `partial_success`: sending the rest again would not help.
  ///
  /// @param reason a sentence that says why, and of how many points
  record Partial(long accepted, long rejected, String reason) implements IngestOutcome {
    public Partial {
      requireNonNull(reason, "reason");
    }
  }

  /// Nothing was taken because there is no room just now: to be sent again.
  record Refused(Duration retryAfter) implements IngestOutcome {
    public Refused {
      requireNonNull(retryAfter, "retryAfter");
    }
  }

  /// Nothing was taken because the bytes are not what they were said to be.
  ///
  /// @param offset of the byte where reading stopped, counted from 0
  /// @param message what was expected there, and what came
  record Malformed(int offset, String message) implements IngestOutcome {
    public Malformed {
      requireNonNull(message, "message");
    }
  }
}
