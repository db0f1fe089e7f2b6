package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierRung;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;

/// Tier 3: the own network namespace, without any privileges.
public final class OwnSockDiagTier implements TierRung {
  private final NamespaceSelection selection;

  public OwnSockDiagTier(NamespaceSelection selection) {
    this.selection = selection;
  }

  @Override
  public Tier tier() {
    return Tier.OWN_SOCK_DIAG;
  }

  @Override
  public ConnectionSource open(OpenNamespaces open) throws IOException {
    long own = NetworkNamespaces.own();
    if (!selection.wants(own)) {
      throw new IOException(
          "it sees the own network namespace (" + own + ") only, which is not among those wanted");
    }
    SockDiagTier.tryDump();
    return new SockDiagSource(tier(), NetworkNamespaces.onlyOwn(), open);
  }
}
