package dev.otelscope.probe.process;

import java.util.Optional;

/// Who holds a socket's inode. Asked by one thread, in this order at each interval: [#ownerOf] for
/// the sockets that are new, [#refresh], then again [#ownerOf] for those that had no answer.
public interface SocketOwners {

  /// Looks for the owners that were asked for since the last call and are not known. Called at most
  /// once per interval; costs next to nothing when all were known.
  void refresh();

  /// The process that owns the socket; of several that share it, the youngest. Empty when no
  /// process holds it, when that process may not be read, and when the next [#refresh] has yet to
  /// look.
  ///
  /// @param inode 0 stands for a socket that no process holds
  Optional<ProcessIdentity> ownerOf(long inode);
}
