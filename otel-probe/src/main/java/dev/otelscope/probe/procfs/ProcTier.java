package dev.otelscope.probe.procfs;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierRung;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tier 4: whichever namespaces the processes that may be read are in.
public final class ProcTier implements TierRung {
  private final NamespaceSelection selection;

  public ProcTier(NamespaceSelection selection) {
    this.selection = selection;
  }

  @Override
  public Tier tier() {
    return Tier.PROC;
  }

  @Override
  public ConnectionSource open(OpenNamespaces open) throws IOException {
    Path table = Path.of("/proc/self/net/tcp");
    if (!Files.isReadable(table)) {
      throw new IOException(table + " cannot be read; mount /proc for the probe");
    }
    return new ProcSource(NetworkNamespaces.wanted(selection), open);
  }
}
