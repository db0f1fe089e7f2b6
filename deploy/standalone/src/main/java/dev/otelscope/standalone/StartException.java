package dev.otelscope.standalone;

/// Something outside the program keeps it from starting. The message is one sentence that says what
/// and what to do.
final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
