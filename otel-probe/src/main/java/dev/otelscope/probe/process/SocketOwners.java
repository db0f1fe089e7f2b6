package dev.otelscope.probe.process;

import java.util.Optional;

/// Who holds a socket's inode.
public interface SocketOwners {

  /// Looks again at which process holds which socket. Cost grows with the open files of the
  /// machine, unless the implementation finds a cheaper way; called at most once per interval.
  void refresh();

  /// The process that owns the socket; of several that share it, the youngest.
  Optional<ProcessIdentity> ownerOf(long inode);
}
