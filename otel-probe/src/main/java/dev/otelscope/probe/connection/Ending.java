package dev.otelscope.probe.connection;

/// Why a connection is over, as far as a source can say.
public enum Ending {
  /// Both sides closed it.
  ORDERLY,
  /// It was established, and either side cut it with an RST.
  RESET,
  /// It was never established: nobody listens there.
  REFUSED,
  /// It was never established: nobody answered.
  TIMED_OUT,
  /// It was never established: the network said that there is no way.
  UNREACHABLE,
  /// For another reason, such as a program that gave up connecting; or the source cannot say.
  UNKNOWN
}
