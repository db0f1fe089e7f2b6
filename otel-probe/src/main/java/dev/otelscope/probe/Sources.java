package dev.otelscope.probe;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.sockdiag.SockDiagSource;
import java.io.IOException;
import java.util.Optional;

/// The ways to see connections that there are, best first.
final class Sources {
  private final NamespaceSelection selection;
  private final Tier best;

  private Sources(NamespaceSelection selection, Tier best) {
    this.selection = selection;
    this.best = best;
  }

  static Sources of(Optional<Tier> best, NamespaceSelection selection) {
    return new Sources(selection, best.orElse(Tier.SOCK_DIAG));
  }

  Tier best() {
    return best;
  }

  /// Opens a tier; empty when there is no such way.
  Optional<ConnectionSource> open(Tier tier) throws IOException {
    return switch (tier) {
      case SOCK_DIAG -> Optional.of(SockDiagSource.of(selection));
      case OWN_SOCK_DIAG -> Optional.of(SockDiagSource.ofOwnNamespace());
      case EBPF, PROC -> Optional.empty();
    };
  }
}
