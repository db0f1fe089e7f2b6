package dev.otelscope.probe.tracing;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierRung;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tier 1: every connection of all network namespaces, or of those that are wanted.
public final class EbpfTier implements TierRung {
  private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");

  /// `PROC_PID_INIT_INO` of include/linux/proc_ns.h.
  private static final long HOST_PID_NAMESPACE = 0xEFFF_FFFCL;

  private final NamespaceSelection selection;

  public EbpfTier(NamespaceSelection selection) {
    this.selection = selection;
  }

  @Override
  public Tier tier() {
    return Tier.EBPF;
  }

  @Override
  public ConnectionSource open(OpenNamespaces open) throws IOException {
    requireHostProcesses((long) Files.getAttribute(PID_NAMESPACE, "unix:ino"));
    Programs programs = Programs.start();
    try {
      return new EbpfSource(
          selection,
          NetworkNamespaces.wanted(selection),
          open,
          programs,
          System::nanoTime,
          EbpfSource.CONNECTIONS_A_SCAN);
    } catch (IOException | RuntimeException e) {
      programs.close();
      throw e;
    }
  }

  /// Programs in the kernel number processes as the host does, and `/proc` as its namespace does.
  static void requireHostProcesses(long pidNamespace) throws IOException {
    if (pidNamespace != HOST_PID_NAMESPACE) {
      throw new IOException(
          "the probe is in a pid namespace of its own, where processes have other numbers than the"
              + " kernel says: start it in the host's (docker run --pid=host, or hostPID: true)");
    }
  }
}
