package dev.otelscope.server.receiver;

import java.time.Duration;

/// What a sender is told, before a transport has put it into words of its own.
sealed interface Answer {

  /// Everything was taken.
  record Accepted() implements Answer {}

  /// The rest was taken; sending these points again would not help.
  record Partial(long rejected, String reason) implements Answer {}

  /// Nothing was taken, because there is no room just now: to be sent again after the delay.
  record Refused(Duration retryAfter) implements Answer {
    static final String REASON = "no room just now, send it again";
  }

  /// Nothing was taken: the bytes are not what they were said to be.
  record Malformed(String problem) implements Answer {}

  /// Nothing was taken: there are more bytes than a request may have.
  record TooLarge(String limit) implements Answer {}

  /// Nothing was taken: an encoding or a content type that is not spoken here.
  record Unsupported(String problem) implements Answer {}

  /// The sender went away before its request was complete. Nobody hears this.
  record Abandoned() implements Answer {}

  /// A mistake of ours. What was taken is not known; to be sent again.
  record Failed() implements Answer {
    static final String REASON = "a mistake of the processor's, see its log";
  }
}
