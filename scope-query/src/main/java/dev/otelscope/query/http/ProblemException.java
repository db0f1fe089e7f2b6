package dev.otelscope.query.http;

import static java.util.Objects.requireNonNull;

/// Ends a request with a [Problem].
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false); // an answer, not a mistake: no stack trace
    this.problem = problem;
  }

  Problem problem() {
    return requireNonNull(problem, "never serialised");
  }
}
