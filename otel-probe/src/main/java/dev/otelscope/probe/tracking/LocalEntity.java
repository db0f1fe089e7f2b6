package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.process.ProcessIdentity;
import java.util.Optional;

/// Who on this host a connection or a listener belongs to.
public sealed interface LocalEntity {

  /// A process, or what stands for it in its namespace where it is not known.
  static LocalEntity of(Optional<ProcessIdentity> process, String namespace) {
    return process.<LocalEntity>map(OfProcess::new).orElseGet(() -> new Unattributed(namespace));
  }

  /// A process that was seen to hold the socket.
  record OfProcess(ProcessIdentity identity) implements LocalEntity {
    public OfProcess {
      requireNonNull(identity, "identity");
    }
  }

  /// Stands for everything in a network namespace whose process could not be seen.
  ///
  /// @param namespace inode number in decimal
  record Unattributed(String namespace) implements LocalEntity {
    public Unattributed {
      requireNonNull(namespace, "namespace");
    }
  }
}
