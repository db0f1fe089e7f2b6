package dev.otelscope.probe.connection;

/// The states of `include/net/tcp_states.h`, with the kernel's numbers.
public enum TcpState {
  ESTABLISHED(1),
  SYN_SENT(2),
  SYN_RECV(3),
  FIN_WAIT1(4),
  FIN_WAIT2(5),
  TIME_WAIT(6),
  CLOSE(7),
  CLOSE_WAIT(8),
  LAST_ACK(9),
  LISTEN(10),
  CLOSING(11),
  NEW_SYN_RECV(12);

  private static final TcpState[] STATES = values();

  private final int number;

  TcpState(int number) {
    this.number = number;
  }

  /// The state with the kernel's number.
  ///
  /// @throws IllegalArgumentException when there is none
  public static TcpState of(int number) {
    if (number < 1 || number > STATES.length) {
      throw new IllegalArgumentException("no TCP state " + number);
    }
    return STATES[number - 1];
  }

  /// The kernel's number.
  public int number() {
    return number;
  }

  /// Whether data can still flow: ESTABLISHED to CLOSE_WAIT, which is what counts as active.
  public boolean isOpen() {
    return this == ESTABLISHED || this == FIN_WAIT1 || this == FIN_WAIT2 || this == CLOSE_WAIT;
  }

  /// Whether both sides had agreed to the connection at some time.
  public boolean wasEstablished() {
    return switch (this) {
      case ESTABLISHED, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING -> true;
      case SYN_SENT, SYN_RECV, CLOSE, LISTEN, NEW_SYN_RECV -> false;
    };
  }
}
