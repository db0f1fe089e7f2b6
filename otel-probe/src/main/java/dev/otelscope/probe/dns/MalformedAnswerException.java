package dev.otelscope.probe.dns;

/// A packet from port 53 is not what it should be. Anyone can send one, so it has no stack trace:
/// it costs no more than others.
final class MalformedAnswerException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedAnswerException(String message) {
    super(message, null, false, false);
  }
}
