package dev.otelscope.views;

import dev.otelscope.model.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Networks that hosts are in; many hosts may be in the same. Asking costs one look-up per prefix
/// length that occurs. Not thread-safe.
///
/// ```
/// prefix  first address -> hosts
/// 104     10.0.0.0      -> 12
/// 120     192.0.2.0     -> 3, 203.0.113.0 -> 1
/// 64      2001:db8::    -> 3
/// ```
final class NetworkSet {
  private final Map<Integer, Map<IpAddress, Integer>> byPrefix = new TreeMap<>();

  void add(IpNetwork network) {
    byPrefix
        .computeIfAbsent(network.prefix(), _ -> new HashMap<>())
        .merge(network.first(), 1, Integer::sum);
  }

  /// Undoes one [#add].
  void remove(IpNetwork network) {
    byPrefix.computeIfPresent(
        network.prefix(),
        (_, networks) -> {
          networks.computeIfPresent(
              network.first(), (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
          return networks.isEmpty() ? null : networks;
        });
  }

  boolean contains(IpAddress address) {
    for (Map.Entry<Integer, Map<IpAddress, Integer>> networks : byPrefix.entrySet()) {
      if (networks.getValue().containsKey(IpNetwork.mask(address, networks.getKey()))) {
        return true;
      }
    }
    return false;
  }
}
