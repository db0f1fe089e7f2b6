package dev.otelscope.engine.law;

import java.util.ArrayList;
import java.util.List;

/// One cell of the matrix of situations in which the laws must hold.
record Axes(Temporality temporality, Observers observers, Churn churn, Ports ports) {
  enum Temporality {
    CUMULATIVE,
    DELTA
  }

  /// Whose hosts have a probe.
  enum Observers {
    CLIENTS,
    SERVERS,
    BOTH
  }

  enum Churn {
    NONE,
    /// Client processes end and others begin.
    PROCESSES,
    /// Probes are restarted under open, busy connections.
    PROBES
  }

  /// How the servers of a host are told apart.
  enum Ports {
    ONE_EACH,
    /// Only by samples: they are workers that share a port.
    SHARED
  }

  static List<Axes> all() {
    List<Axes> all = new ArrayList<>();
    for (Temporality temporality : Temporality.values()) {
      for (Observers observers : Observers.values()) {
        for (Churn churn : Churn.values()) {
          for (Ports ports : Ports.values()) {
            all.add(new Axes(temporality, observers, churn, ports));
          }
        }
      }
    }
    return all;
  }
}
