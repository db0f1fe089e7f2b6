package dev.otelscope.engine.join;

import dev.otelscope.engine.fold.RateWindow;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.Pairing;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// How the connections of each client of a flow are divided among several servers, all of them seen
/// with the same addresses: workers that share a port, called by processes that share an address.
final class Shares {
  /*
   * What is known
   *   A client says how many connections it has, with all servers together; a server says how many it
   *   has, with all clients together. Samples say of single connections whose they are at both ends.
   *
   * The rule
   *   share(client, server) ~ connections(server) * matches(client, server) / matches(any, server)
   *   What a server has is divided among the clients like those of its samples that a client has
   *   sampled, too; then the shares of a client are brought to a sum of one, since the client's totals
   *   rule. A sole client has all that any server has, without a sample, unless its address is one
   *   that translation gave to it and perhaps to others. So a client's share is never with a server
   *   for which nothing speaks, and where nothing speaks for any it has none at all: its connections
   *   end where all could be meant.
   *
   * How sure
   *   `exact` only when nothing is left to guess: every connection that the client ever counted was
   *   sampled, and all are with one server. Otherwise `estimated`: that the two ends talk with each
   *   other is certain, how much is not.
   *
   * Time
   *   What was sampled recently decides, older samples only where there is nothing newer. Connections
   *   are those of now, but the first time, when all that ever was is divided, those ever. What comes
   *   of shares that change is the matter of [Division].
   */

  /// Who is at the other end of one client's connections.
  ///
  /// @param servers share of each; positive, with a sum of one; empty when nothing is known
  record Of(Map<EntityId, Double> servers, Pairing pairing) {
    private static final Of NOTHING = new Of(Map.of(), Pairing.AMBIGUOUS);
  }

  private final List<SideFacts> clients;
  private final boolean isClientAlone;
  private final Map<EntityId, Double> now;
  private final Map<EntityId, Double> ever;
  private final Matching matching;
  private final Map<EntityId, Integer> matches = new HashMap<>();

  /// Of those that do not say themselves who is at their other end.
  Shares(List<SideFacts> clients, List<SideFacts> servers) {
    List<SideFacts> askedFor = strangers(servers);
    this.clients = clients;
    isClientAlone =
        clients.stream().map(client -> client.side().observer()).distinct().count() == 1
            && clients.stream().noneMatch(client -> client.side().isClientTranslated());
    ever =
        connections(
            askedFor, server -> Math.max(server.totals().opened(), (double) server.active()));
    now = connections(askedFor, Shares::connectionsNow);
    matching = Matching.of(clients, askedFor);
    for (int client = 0; client < clients.size(); client++) {
      matching
          .of(client, true)
          .forEach((server, count) -> matches.merge(server, count, Integer::sum));
    }
  }

  /// The shares of a client.
  ///
  /// @param candidates who can be meant
  Of of(SideFacts client, Set<EntityId> candidates) {
    int place = clients.indexOf(client);
    Map<EntityId, Integer> matched = matching.of(place, false);
    matched.keySet().retainAll(candidates);
    if (client.sampledAll() && matched.size() == 1 && sum(matched) == client.sampling().size()) {
      return new Of(Map.of(matched.keySet().iterator().next(), 1.0), Pairing.EXACT);
    }
    Map<EntityId, Double> connections = client.division().isEmpty() ? ever : now;
    Map<EntityId, Double> weights = new TreeMap<>();
    if (isClientAlone) {
      connections.forEach((server, count) -> putPositive(weights, server, count));
    } else {
      matching
          .of(place, true)
          .forEach((server, count) -> {
            double all = matches.getOrDefault(server, count);
            double has = Math.max(all, connections.getOrDefault(server, 0.0));
            putPositive(weights, server, has * count / all);
          });
    }
    weights.keySet().retainAll(candidates);
    if (weights.isEmpty()) {
      matched.forEach((server, count) -> weights.put(server, (double) count));
    }
    return weights.isEmpty() ? Of.NOTHING : new Of(normalised(weights), Pairing.ESTIMATED);
  }

  private static List<SideFacts> strangers(List<SideFacts> sides) {
    return sides.stream().filter(side -> side.side().peer().isEmpty()).toList();
  }

  /// Those that are open or were opened within the window of rates. Rates lack what the first point
  /// of a series says: at least one, as long as there is any activity.
  private static double connectionsNow(SideFacts server) {
    double count = server.active() + server.rates().opened() * RateWindow.SECONDS;
    return server.current() ? Math.max(1, count) : count;
  }

  private static Map<EntityId, Double> connections(
      List<SideFacts> servers, ToDoubleFunction<SideFacts> count) {
    Map<EntityId, Double> connections = new LinkedHashMap<>();
    for (SideFacts server : servers) {
      connections.merge(server.side().observer(), count.applyAsDouble(server), Double::sum);
    }
    return connections;
  }

  private static void putPositive(Map<EntityId, Double> weights, EntityId server, double weight) {
    if (weight > 0) {
      weights.put(server, weight);
    }
  }

  private static Map<EntityId, Double> normalised(Map<EntityId, Double> weights) {
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    weights.replaceAll((server, weight) -> weight / sum);
    return weights;
  }

  private static int sum(Map<EntityId, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
