package dev.otelscope.probe.connection;

import java.io.IOException;

/// A way to learn which connections there are. Each tier of the probe is one; whichever works best
/// here is asked at every interval, always by the same thread.
///
/// Guarantees to who asks: every socket that is open during a whole interval is told by
/// [ConnectionListener#open] in each of its scans; one that was open at some time but at no scan is
/// told by [ConnectionListener#closed] once, as far as the tier can see it; nothing is told twice
/// in one scan; what could not be read is told by [ConnectionListener#lost].
public interface ConnectionSource extends AutoCloseable {

  Tier tier();

  /// Tells `listener` what is open now, and what has ended since the last call.
  ///
  /// @throws IOException when this way has stopped working; another tier takes over
  void scan(ConnectionListener listener) throws IOException;

  @Override
  void close();
}
