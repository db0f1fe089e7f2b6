package dev.otelscope.probe.tracing;

import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.SocketOwners;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.TrackingRules;
import java.util.Optional;

/// A tracker that knows of sockets, and of whose they are, only what programs in the kernel say.
final class KernelOnlyTracker {
  private static final SocketOwners NOBODY =
      new SocketOwners() {
        @Override
        public void refresh() {}

        @Override
        public Optional<ProcessIdentity> ownerOf(long inode) {
          return Optional.empty();
        }
      };

  private KernelOnlyTracker() {}

  static ConnectionTracker create() {
    return new ConnectionTracker(
        NOBODY,
        Translations.NONE,
        new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  }
}
