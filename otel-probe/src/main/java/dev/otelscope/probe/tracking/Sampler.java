package dev.otelscope.probe.tracking;

import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Translations;

/// Chooses connections that stand for their series, as the probe at the other end chooses them. One
/// thread at a time.
final class Sampler {
  private final Translations translations;
  private final SampleHash hash = new SampleHash();

  Sampler(Translations translations) {
    this.translations = translations;
  }

  /// Whether it chooses from a series. A client's end is only sampled where it is known what its
  /// addresses are translated to.
  boolean samples(Series series) {
    boolean known = series.key().role() == Role.SERVER || translations.problem().isEmpty();
    return known && series.isSampled();
  }

  /// What a connection is chosen by.
  ///
  /// @param atServer what the server's socket has
  long hashOf(SocketTuple atServer) {
    return hash.of(atServer);
  }

  /// Offers a connection that was opened to its series.
  ///
  /// @param atServer what the server's socket has
  void offerOpened(Series series, SocketTuple atServer) {
    long number = hash.of(atServer);
    if (series.wantsOpenedSample(number)) {
      series.addOpenedSample(SampledConnection.of(number, atServer));
    }
  }
}
