package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierRung;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;

/// Tier 2: all network namespaces, or those that are wanted.
public final class SockDiagTier implements TierRung {
  private final NamespaceSelection selection;

  public SockDiagTier(NamespaceSelection selection) {
    this.selection = selection;
  }

  @Override
  public Tier tier() {
    return Tier.SOCK_DIAG;
  }

  @Override
  public ConnectionSource open(OpenNamespaces open) throws IOException {
    NetworkNamespaces namespaces = NetworkNamespaces.wanted(selection);
    try {
      namespaces.tryEntering();
      tryDump();
      return new SockDiagSource(tier(), namespaces, open);
    } catch (KernelException e) {
      namespaces.close();
      throw e;
    }
  }

  /// Asks the kernel once for sockets, in the own namespace.
  static void tryDump() throws KernelException {
    NamespaceSockets.here(NetworkNamespaces.own(), new OpenNamespaces()).close();
  }
}
