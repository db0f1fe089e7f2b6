package dev.otelscope.probe.connection;

import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// A way to learn which connections there are. Each tier of the probe is one; whichever works best
/// here is asked at every interval, always by the same thread.
///
/// Guarantees to who asks:
/// - A socket is told by [ConnectionListener#open] in the first scan that meets it, with the same
///   cookie each time, and again in each scan that finds something changed about it. The first scan
///   of a source tells all there are, also those that another source told before. Where there are
///   very many, a scan may leave out what is new or has changed, for a later one to tell.
/// - It stays as it was told until [ConnectionListener#closed] tells its end, once: in the same
///   scan, in the next one, or, when the kernel did not say why it is gone, in the one after that.
///   There is no need to look for what a scan did not tell.
/// - A socket that was open at some time but at no scan is told once, as far as the tier can see
///   it: closed, or as one of [ConnectionListener#past].
/// - Nothing is told twice in one scan; what could not be read is told by
///   [ConnectionListener#lost].
public interface ConnectionSource extends AutoCloseable {

  Tier tier();

  /// Tells `listener` what is open now, and what has ended since the last call.
  ///
  /// @throws IOException when this way has stopped working; another tier takes over
  void scan(ConnectionListener listener) throws IOException;

  /// Names servers whose connections need their ephemeral ports to be told apart: they are told one
  /// by one from now on, not as [ConnectionListener#past]. A source that never adds up need not
  /// care.
  ///
  /// @param servers all of them up to now
  /// @throws IOException as [#scan]
  default void tellSingly(Set<ServerAddress> servers) throws IOException {}

  /// What is left of a process that had connections and may be gone; empty where nothing is.
  default Optional<ProcessTrace> traceOf(ProcessIdentity process) {
    return Optional.empty();
  }

  @Override
  void close();
}
