package dev.otelscope.probe.connection;

import java.io.IOException;

/// A tier that can be tried: the extension point for another way to see connections.
public interface TierRung {

  Tier tier();

  /// Begins to watch, after trying whether everything this tier needs works here.
  ///
  /// @param open what is known already, to go on with
  /// @throws IOException when it does not; the message says in a plain clause what failed and which
  ///   capability or kernel option to give
  ConnectionSource open(OpenNamespaces open) throws IOException;
}
