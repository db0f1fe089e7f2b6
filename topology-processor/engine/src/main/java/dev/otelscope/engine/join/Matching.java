package dev.otelscope.engine.join;

import dev.otelscope.model.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which connections of a flow were sampled at both of its ends.
///
/// Two samples are the same connection when they have the same port and were named at about the
/// same time: ports are used again. Of several, only those two match of which each is the nearest
/// one to the other in time; when two are equally near, neither is.
final class Matching {
  /// An open connection is named at least every 30 s.
  private static final long APART_MILLIS = 40_000;

  private record Sample(int side, EntityId observer, long millis) {}

  private final List<SideFacts> clients;
  private final Map<Integer, List<Sample>> atClients;
  private final Map<Integer, List<Sample>> atServers;

  private Matching(List<SideFacts> clients, List<SideFacts> servers) {
    this.clients = clients;
    atServers = byPort(servers);
    atClients = atServers.isEmpty() ? Map.of() : byPort(clients);
  }

  static Matching of(List<SideFacts> clients, List<SideFacts> servers) {
    return new Matching(clients, servers);
  }

  /// How many of a client's samples lead to which server.
  ///
  /// @param client its place in the list of clients
  /// @param recentOnly of those that say something about now
  Map<EntityId, Integer> of(int client, boolean recentOnly) {
    Sampling sampling = clients.get(client).sampling();
    Map<EntityId, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < sampling.size() && !atServers.isEmpty(); i++) {
      if (!recentOnly || sampling.isRecent(i)) {
        serverOf(client, i).ifPresent(server -> counts.merge(server, 1, Integer::sum));
      }
    }
    return counts;
  }

  private Optional<EntityId> serverOf(int client, int index) {
    SideFacts facts = clients.get(client);
    Sample own = new Sample(client, facts.side().observer(), facts.sampling().millis(index));
    int port = facts.sampling().port(index);
    Sample there = nearest(atServers.getOrDefault(port, List.of()), own);
    if (there == null) {
      return Optional.empty();
    }
    return own.equals(nearest(atClients.getOrDefault(port, List.of()), there))
        ? Optional.of(there.observer())
        : Optional.empty();
  }

  private static @Nullable Sample nearest(List<Sample> samples, Sample to) {
    Sample nearest = null;
    long least = APART_MILLIS;
    for (Sample sample : samples) {
      long apart = Math.abs(sample.millis() - to.millis());
      if (apart < least) {
        nearest = sample;
        least = apart;
      } else if (apart == least) {
        nearest = null;
      }
    }
    return nearest;
  }

  private static Map<Integer, List<Sample>> byPort(List<SideFacts> sides) {
    Map<Integer, List<Sample>> samples = new HashMap<>();
    for (int side = 0; side < sides.size(); side++) {
      EntityId observer = sides.get(side).side().observer();
      Sampling sampling = sides.get(side).sampling();
      for (int i = 0; i < sampling.size(); i++) {
        samples
            .computeIfAbsent(sampling.port(i), port -> new ArrayList<>(1))
            .add(new Sample(side, observer, sampling.millis(i)));
      }
    }
    return samples;
  }
}
