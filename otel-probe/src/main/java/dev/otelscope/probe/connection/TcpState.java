package dev.otelscope.probe.connection;

/// The states of `include/net/tcp_states.h`, in the kernel's order; the first has number 1.
public enum TcpState {
  ESTABLISHED,
  SYN_SENT,
  SYN_RECV,
  FIN_WAIT1,
  FIN_WAIT2,
  TIME_WAIT,
  CLOSE,
  CLOSE_WAIT,
  LAST_ACK,
  LISTEN,
  CLOSING,
  NEW_SYN_RECV;

  private static final TcpState[] STATES = values();

  /// The state with the kernel's number.
  ///
  /// @throws IllegalArgumentException when there is none
  public static TcpState of(int number) {
    if (number < 1 || number > STATES.length) {
      throw new IllegalArgumentException("no TCP state " + number);
    }
    return STATES[number - 1];
  }

  /// Whether data can still flow: ESTABLISHED to CLOSE_WAIT, which is what counts as active.
  public boolean isOpen() {
    return this == ESTABLISHED || this == FIN_WAIT1 || this == FIN_WAIT2 || this == CLOSE_WAIT;
  }
}
