package dev.otelscope.probe.tracking;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// All series, and the limits on how many there may be.
final class SeriesBook {
  /*
   * Limits
   *   A process that talks to the whole Internet on one port gets at most `PUBLIC_PEERS` series for it;
   *   further public addresses share one. A probe whose receiver is away keeps ended series, so their
   *   sum is bounded, too: beyond the limit new series lose their addresses, so that there is one for
   *   each process, and beyond a quarter more their process as well, so that there is one for each
   *   network namespace, which is mostly a container or a pod.
   */
  static final int PUBLIC_PEERS = 500;

  private final int limit;

  private record PeerGroup(LocalEntity owner, Role role, int port) {}

  private final Map<SeriesKey, Series> series = new LinkedHashMap<>();
  private final Map<PeerGroup, Integer> publicPeers = new HashMap<>();

  /// @param limit of series that have all their attributes
  SeriesBook(int limit) {
    this.limit = limit;
  }

  Collection<Series> all() {
    return Collections.unmodifiableCollection(series.values());
  }

  /// The series for a connection with this key, which may be one that limits fold it into.
  Series seriesOf(SeriesKey key, String namespace, long nowNanos) {
    Series existing = series.get(key);
    if (existing != null) {
      return existing;
    }
    SeriesKey folded = fold(key, namespace);
    return series.computeIfAbsent(
        folded,
        absent -> {
          if (isPublicPeer(absent)) {
            publicPeers.merge(groupOf(absent), 1, Integer::sum);
          }
          return new Series(absent, namespace, nowNanos);
        });
  }

  /// Its last value has arrived where it should.
  void forget(Series ended) {
    SeriesKey key = ended.key();
    if (series.remove(key, ended) && isPublicPeer(key)) {
      publicPeers.computeIfPresent(
          groupOf(key), (group, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }
  }

  boolean isAnyIncompletelySampled() {
    for (Series one : series.values()) {
      if (one.isIncompletelySampled()) {
        return true;
      }
    }
    return false;
  }

  void setAllCompletelySampled() {
    series.values().forEach(Series::setCompletelySampled);
  }

  private SeriesKey fold(SeriesKey key, String namespace) {
    if (series.size() >= limit + limit / 4) {
      return key.withoutAddresses(new LocalEntity.Unattributed(namespace));
    }
    if (series.size() >= limit) {
      return key.withoutAddresses(key.owner());
    }
    boolean tooMany =
        isPublicPeer(key) && publicPeers.getOrDefault(groupOf(key), 0) >= PUBLIC_PEERS;
    return tooMany ? key.withoutRemote() : key;
  }

  private static boolean isPublicPeer(SeriesKey key) {
    return key.fold() == SeriesKey.Fold.NOTHING && key.remote().isPublic();
  }

  private static PeerGroup groupOf(SeriesKey key) {
    return new PeerGroup(key.owner(), key.role(), key.serverPort());
  }
}
