package dev.otelscope.probe.connection;

/// The ways to see connections, best first. The number is what users say and see.
public enum Tier {
  EBPF(1, "eBPF: every connection, however short"),
  SOCK_DIAG(
      2,
      "sock_diag of all network namespaces: every established connection, short ones without their process"),
  OWN_SOCK_DIAG(
      3,
      "sock_diag of the own network namespace: its established connections, short ones and those of other users without their process"),
  PROC(4, "/proc: the connections that are open at a scan");

  private final int number;
  private final String description;

  Tier(int number, String description) {
    this.number = number;
    this.description = description;
  }

  /// `otelscope.probe.tier`
  public int number() {
    return number;
  }

  /// One line for a person.
  public String description() {
    return description;
  }
}
