package dev.otelscope.engine.law;

import dev.otelscope.engine.ProbeRequest;
import dev.otelscope.engine.ProbeRequest.Connections;
import dev.otelscope.engine.law.World.Pair;
import dev.otelscope.engine.law.World.Program;
import dev.otelscope.engine.law.World.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// The probe of one host of the [World]: keeps a series for each flow that a process of the host
/// has an end of, and says what changed. Restarting it loses what it knew, as it does with a real
/// one.
final class WorldProbe {
  private static final int SAMPLES = 4;

  private final String host;
  private final boolean ofClients;
  private final boolean delta;
  private final Map<Key, Counts> baseline = new LinkedHashMap<>();
  private final Map<Key, Counts> exported = new LinkedHashMap<>();
  private final Map<Key, Long> since = new LinkedHashMap<>();
  private long probeStart;
  private long previousCollection;

  private record Key(Program observer, Connections connections) {}

  private record Counts(long opened, long failed, long sent, long received, long active) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Traffic traffic) {
      return new Counts(
          opened + traffic.opened,
          failed + traffic.failed,
          sent + traffic.sent,
          received + traffic.received,
          active + traffic.active);
    }

    Counts since(Counts earlier) {
      return new Counts(
          opened - earlier.opened,
          failed - earlier.failed,
          sent - earlier.sent,
          received - earlier.received,
          active);
    }
  }

  WorldProbe(String host, boolean ofClients, boolean delta, long startNanos) {
    this.host = host;
    this.ofClients = ofClients;
    this.delta = delta;
    this.probeStart = startNanos;
    this.previousCollection = startNanos;
  }

  /// The process that runs the probe is another one from now on.
  void restart(World world, long nowNanos) {
    probeStart = nowNanos;
    previousCollection = nowNanos;
    baseline.clear();
    exported.clear();
    since.clear();
    baseline.putAll(counts(world));
  }

  /// What is to be sent at this collection: one request for each point, so that they can be mixed.
  ///
  /// @param everything also what did not change since the last time
  List<ProbeRequest> collect(World world, long nowNanos, boolean everything) {
    List<ProbeRequest> requests = new ArrayList<>();
    requests.add(new ProbeRequest().host(host).heartbeat(1, "", probeStart, nowNanos));
    counts(world)
        .forEach((key, counts) -> {
          long start = since.computeIfAbsent(key, k -> previousCollection);
          Counts grown = counts.since(baseline.getOrDefault(key, Counts.NONE));
          Counts before = exported.getOrDefault(key, Counts.NONE);
          if (everything || !grown.equals(before)) {
            say(world, key, delta ? grown.since(before) : grown, start, nowNanos, requests::add);
            exported.put(key, grown);
          }
        });
    previousCollection = nowNanos;
    return requests;
  }

  private void say(
      World world, Key key, Counts counts, long start, long now, Consumer<ProbeRequest> into) {
    Connections of = key.connections();
    long counterStart = delta ? previousCollection : start;
    int[] open = sampled(ports(world, key, traffic -> traffic.open));
    into.accept(from(key).active(of, start, now, counts.active(), open));
    int[] opened = sampled(ports(world, key, traffic -> traffic.openedInThisSecond));
    into.accept(from(key).opened(of, counterStart, now, counts.opened(), opened));
    if (ofClients && counts.failed() > 0) {
      into.accept(from(key).failed(of, "refused", counterStart, now, counts.failed()));
    }
    long transmitted = ofClients ? counts.sent() : counts.received();
    long received = ofClients ? counts.received() : counts.sent();
    into.accept(from(key).transmitted(of, counterStart, now, transmitted));
    into.accept(from(key).received(of, counterStart, now, received));
  }

  private List<Integer> ports(World world, Key key, Function<Traffic, List<Integer>> which) {
    List<Integer> ports = new ArrayList<>();
    world
        .truth()
        .forEach((pair, traffic) -> {
          Program observer = ofClients ? pair.client() : pair.server();
          if (key.equals(new Key(observer, connections(pair)))) {
            ports.addAll(which.apply(traffic));
          }
        });
    return ports;
  }

  /// Those with the lowest hashes, as at the other end.
  private static int[] sampled(List<Integer> ports) {
    return ports.stream()
        .sorted(Comparator.comparingInt(port -> port * 0x9E37_79B9))
        .limit(SAMPLES)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private ProbeRequest from(Key key) {
    ProbeRequest request = new ProbeRequest();
    return (delta ? request.delta() : request).process(host, key.observer().pid());
  }

  private Map<Key, Counts> counts(World world) {
    Map<Key, Counts> counts = new LinkedHashMap<>();
    world
        .truth()
        .forEach((pair, traffic) -> {
          Program observer = ofClients ? pair.client() : pair.server();
          if (observer.host().equals(host)) {
            counts.merge(
                new Key(observer, connections(pair)),
                Counts.NONE.plus(traffic),
                (one, other) -> one.plus(traffic));
          }
        });
    return counts;
  }

  private Connections connections(Pair pair) {
    String from = pair.client().address();
    String to = pair.server().address();
    int port = pair.server().port();
    return ofClients ? Connections.client(from, to, port) : Connections.server(from, to, port);
  }
}
