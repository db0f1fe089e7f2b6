package dev.otelscope.standalone.bench;

import java.util.Optional;

/// What the probe may use at most under a load.
///
/// @param residentMegabytes physical memory that it has mapped
/// @param cpuPercent of one core, beyond what it uses when nobody talks
record Target(double residentMegabytes, double cpuPercent) {
  private static final Target SMALL = new Target(70, 1);
  private static final Target LARGE = new Target(100, 5);

  /// The one for a load; empty for more than there is one for.
  static Optional<Target> of(int held, int rate) {
    if (held <= 1_000 && rate <= 1_000) {
      return Optional.of(SMALL);
    }
    return held <= 10_000 && rate <= 5_000 ? Optional.of(LARGE) : Optional.empty();
  }
}
