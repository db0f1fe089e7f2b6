package dev.otelscope.server.receiver;

import java.util.Locale;

/// What became of a request, as `/metrics` counts it.
public enum Outcome {
  ACCEPTED,
  PARTIAL,
  REFUSED,
  MALFORMED,
  TOO_LARGE,
  UNSUPPORTED,
  ABANDONED,
  FAILED;

  static Outcome of(Answer answer) {
    return switch (answer) {
      case Answer.Accepted accepted -> ACCEPTED;
      case Answer.Partial partial -> PARTIAL;
      case Answer.Refused refused -> REFUSED;
      case Answer.Malformed malformed -> MALFORMED;
      case Answer.TooLarge tooLarge -> TOO_LARGE;
      case Answer.Unsupported unsupported -> UNSUPPORTED;
      case Answer.Abandoned abandoned -> ABANDONED;
      case Answer.Failed failed -> FAILED;
    };
  }

  /// Value of the `outcome` label.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
