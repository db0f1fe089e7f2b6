package dev.otelscope.probe;

import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierLadder;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.procfs.ProcTier;
import dev.otelscope.probe.sockdiag.OwnSockDiagTier;
import dev.otelscope.probe.sockdiag.SockDiagTier;
import dev.otelscope.probe.tracing.EbpfTier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The ways to see connections that there are, best first.
final class Sources {
  private Sources() {}

  /// The best one that works here.
  ///
  /// @param best as in [ProbeConfig#bestTier]
  /// @throws IOException when none works; the message says why
  static TierLadder open(Optional<Tier> best, NamespaceSelection selection) throws IOException {
    return new TierLadder(
        List.of(
            new EbpfTier(selection),
            new SockDiagTier(selection),
            new OwnSockDiagTier(selection),
            new ProcTier(selection)),
        best);
  }
}
