package dev.otelscope.engine.join;

import dev.otelscope.engine.observation.Figure;
import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Pairing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who talks to whom in one flow: a pure function of what its observers said and the address book,
/// so it can be asked again whenever either changed. (And, where connections are divided, of how
/// they were divided before.)
///
/// The rules, strongest first:
/// 1. An observer is its own end.
/// 2. The peer that an observer names is the other end.
/// 3. The peers that it names for other connections of the flow are the candidates for this one;
///    without any, the observers at the other end are. One candidate is the other end. Several
///    servers have each their part of a client's connections, by their [Shares]. Where nothing
///    tells these, the candidates meet in their [CommonParent], and the edge says `ambiguous`.
/// 4. Nobody observed the other end: whoever listens there, then whoever has the address, then an
///    entity that stands for the address itself.
/// 5. The client's side counts. What a server says is used where no client's side tells of the same
///    connections, and for figures that the client's side does not have.
/// 6. A process and the unattributed rest of a host are different ends with different connections.
public final class Join {
  private final FlowKey flow;
  private final List<SideFacts> clients;
  private final List<SideFacts> servers;
  private final AddressBook book;

  private final Map<EdgeKey, EdgePart> parts = new LinkedHashMap<>();
  private Map<Side, Division> divisions = Map.of();
  private final Set<IpAddress> consulted = new HashSet<>();
  private @Nullable Shares shares;
  private boolean usesKin;
  private int ambiguousAddresses;

  private Join(FlowKey flow, List<SideFacts> clients, List<SideFacts> servers, AddressBook book) {
    this.flow = flow;
    this.clients = clients;
    this.servers = servers;
    this.book = book;
  }

  /// @param clients what observers at the client's end said
  /// @param servers what observers at the server's end said
  public static Joined of(
      FlowKey flow, List<SideFacts> clients, List<SideFacts> servers, AddressBook book) {
    return new Join(flow, clients, servers, book).run();
  }

  private Joined run() {
    boolean seenLive = servers.stream().anyMatch(seen -> seen.current() && !seen.stale());
    clients.forEach(client -> addClient(client, client.stale() && !seenLive));
    for (SideFacts server : servers) {
      if (!isToldByClient(server)) {
        End client =
            server
                .side()
                .peer()
                .map(End::exact)
                .orElseGet(() ->
                    otherEnd(candidates(server, servers, clients), flow.client(), /* port= */ 0));
        add(client.entity(), server.side().observer(), server, client.pairing(), server.stale());
      }
    }
    return new Joined(
        new ArrayList<>(parts.values()), consulted, usesKin, ambiguousAddresses, divisions);
  }

  private void addClient(SideFacts client, boolean stale) {
    EntityId observer = client.side().observer();
    Optional<EntityId> peer = client.side().peer();
    if (peer.isPresent()) {
      End server = End.exact(peer.get());
      add(observer, server.entity(), complete(client, server), server.pairing(), stale);
      return;
    }
    Set<EntityId> candidates = candidates(client, clients, servers);
    Division before = client.division();
    if (candidates.size() > 1) {
      Shares.Of known = shares().of(client, candidates);
      if (!known.servers().isEmpty()) {
        divide(client, known.servers(), known.pairing(), stale);
        return;
      }
      if (!before.isEmpty() && candidates.containsAll(before.shares().keySet())) {
        divide(client, before.shares(), Pairing.ESTIMATED, stale);
        return;
      }
    }
    End server = otherEnd(candidates, flow.server(), flow.port());
    if (before.isEmpty()) {
      add(observer, server.entity(), complete(client, server), server.pairing(), stale);
    } else {
      divide(client, Map.of(server.entity(), 1.0), server.pairing(), stale);
    }
  }

  private Shares shares() {
    Shares known = shares;
    if (known == null) {
      known =
          new Shares(
              clients.stream().filter(side -> side.side().peer().isEmpty()).toList(), servers);
      shares = known;
    }
    return known;
  }

  /// Adds a part for each server that has or had a share.
  private void divide(SideFacts client, Map<EntityId, Double> by, Pairing pairing, boolean stale) {
    Division division = client.division().at(client, by);
    divisions = divisions.isEmpty() ? new HashMap<>() : divisions;
    divisions.put(client.side(), division);
    Split active = Split.NONE.at((double) client.active(), by);
    for (EntityId server : division.ends()) {
      double share = by.getOrDefault(server, 0.0);
      SideFacts part =
          client.part(
              share, (long) active.of(server), division.totals(server), division.failures(server));
      add(client.side().observer(), server, part, pairing, stale);
    }
  }

  /// Rule 5: whether some client's side counts the connections that this server's side counts.
  private boolean isToldByClient(SideFacts server) {
    Optional<EntityId> peer = server.side().peer();
    return peer.isEmpty()
        ? !clients.isEmpty()
        : clients.stream().anyMatch(client -> client.side().observer().equals(peer.get()));
  }

  private End otherEnd(Set<EntityId> candidates, IpAddress address, int port) {
    return candidates.isEmpty() ? byAddress(address, port) : meet(candidates, address);
  }

  private static Set<EntityId> candidates(
      SideFacts observer, List<SideFacts> sameEnd, List<SideFacts> otherEnd) {
    EntityId self = observer.side().observer();
    Set<EntityId> candidates =
        entities(
            sameEnd.stream().filter(side -> side.side().observer().equals(self)).toList(),
            side -> side.side().peer());
    if (candidates.isEmpty()) {
      candidates = ofItsKind(self, entities(otherEnd, side -> Optional.of(side.side().observer())));
    }
    if (candidates.isEmpty()) {
      candidates = entities(sameEnd, side -> side.side().peer());
    }
    return candidates;
  }

  /// The entities that these sides name, of the current ones if there are any: a process that was
  /// replaced is no candidate any more.
  private static Set<EntityId> entities(
      List<SideFacts> sides, Function<SideFacts, Optional<EntityId>> of) {
    Set<EntityId> current = new HashSet<>();
    Set<EntityId> all = new HashSet<>();
    for (SideFacts side : sides) {
      Optional<EntityId> entity = of.apply(side);
      if (entity.isPresent()) {
        all.add(entity.get());
        if (side.current()) {
          current.add(entity.get());
        }
      }
    }
    return current.isEmpty() ? all : current;
  }

  /// Rule 6: connections that were seen with their process at one end were seen so at the other
  /// end, too, unless nothing there was.
  private static Set<EntityId> ofItsKind(EntityId self, Set<EntityId> candidates) {
    boolean unattributed = self.isOf(EntityType.UNATTRIBUTED);
    Set<EntityId> alike = new HashSet<>(candidates);
    alike.removeIf(candidate -> candidate.isOf(EntityType.UNATTRIBUTED) != unattributed);
    return alike.isEmpty() ? candidates : alike;
  }

  private End meet(Set<EntityId> candidates, IpAddress address) {
    if (candidates.size() == 1) {
      return End.exact(candidates.iterator().next());
    }
    return common(candidates).orElseGet(() -> unknown(address, Pairing.AMBIGUOUS));
  }

  private Optional<End> common(Collection<EntityId> candidates) {
    usesKin = true;
    return CommonParent.of(candidates, book).map(parent -> new End(parent, Pairing.AMBIGUOUS));
  }

  /// Rule 4.
  private End byAddress(IpAddress address, int port) {
    consulted.add(address);
    if (port != 0) {
      Set<EntityId> listening =
          book.listening(new AddressBook.Socket(flow.scope(), flow.transport(), address, port));
      if (!listening.isEmpty()) {
        return meet(listening, address);
      }
    }
    Set<EntityId> holding = book.holding(new AddressBook.Place(flow.scope(), address));
    if (holding.size() > 1) {
      ambiguousAddresses++;
    }
    return holding.isEmpty() ? unknown(address, Pairing.EXACT) : meet(holding, address);
  }

  private End unknown(IpAddress address, Pairing pairing) {
    String where = flow.scope().host().isEmpty() ? EntityType.GLOBAL : flow.scope().host();
    return new End(EntityId.of(EntityType.ADDRESS, where, address.toString()), pairing);
  }

  /// What the client's side does not know, from the server's side where that is about the same
  /// connections for sure.
  private SideFacts complete(SideFacts client, End end) {
    EntityId observer = client.side().observer();
    long ofObserver =
        clients.stream().filter(side -> side.side().observer().equals(observer)).count();
    if (end.pairing() != Pairing.EXACT || ofObserver > 1) {
      return client;
    }
    boolean onlyClient = clients.size() == 1;
    List<SideFacts> same =
        servers.stream()
            .filter(server -> server.side().observer().equals(end.entity()))
            .filter(server -> server.side().peer().map(observer::equals).orElse(onlyClient))
            .toList();
    return same.size() == 1 ? client.completedBy(same.getFirst()) : client;
  }

  private void add(
      EntityId client, EntityId server, SideFacts facts, Pairing pairing, boolean stale) {
    EdgeKey key = new EdgeKey(client, server, flow.transport(), flow.port());
    boolean roundTripKnown = facts.known().contains(Figure.ROUND_TRIP) && facts.active() > 0;
    EdgePart part =
        new EdgePart(
            key,
            facts.side().source(),
            facts.side().protocol(),
            facts.current(),
            stale,
            facts.active(),
            facts.totals(),
            facts.rates(),
            facts.failures(),
            roundTripKnown ? facts.rttSeconds() * facts.active() : 0,
            roundTripKnown ? facts.active() : 0,
            pairing,
            facts.side().virtualAddress().map(Set::of).orElse(Set.of()));
    parts.merge(key, part, EdgePart::plus);
  }
}
