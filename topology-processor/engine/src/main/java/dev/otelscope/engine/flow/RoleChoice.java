package dev.otelscope.engine.flow;

import dev.otelscope.engine.join.AddressBook;
import dev.otelscope.engine.join.SideFacts;
import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.engine.observation.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which end an observer is that does not know it itself, by what is known otherwise about its pair
/// of addresses. Never by the size of a port. A pure function.
///
/// For an observer at address `a` whose connections go to `b`, strongest first:
/// 1. somebody listens on `b` at the port that it names: it is a client;
/// 2. an observer at `b` says that it is a client of `a`: it is that flow's server;
/// 3. an observer at `b` says that it serves `a`: it is that flow's client;
/// 4. an observer at `b` does not know either: one of the two is taken for the client and the other
///    left out, since they may describe the same connections;
/// 5. nothing is known: it is taken for a client, at the port that it names, 0 if it names none.
///
/// Where 2 or 3 fit several flows, it is left out: the other end counts those connections already.
final class RoleChoice {

  /// What the observers of one flow say, with everyone at an end.
  record Ends(List<SideFacts> clients, List<SideFacts> servers) {
    Ends() {
      this(new ArrayList<>(1), new ArrayList<>(1));
    }
  }

  private final Map<FlowKey, List<SideFacts>> said;
  private final AddressBook book;
  private final Map<FlowKey, Ends> ends = new LinkedHashMap<>();

  private RoleChoice(Map<FlowKey, List<SideFacts>> said, AddressBook book) {
    this.said = said;
    this.book = book;
  }

  /// The ends of each flow of a group.
  ///
  /// @param said what the observers of each flow say
  static Map<FlowKey, Ends> of(Map<FlowKey, List<SideFacts>> said, AddressBook book) {
    return new RoleChoice(said, book).run();
  }

  private Map<FlowKey, Ends> run() {
    said.forEach((flow, sides) -> {
      Ends known = ends.computeIfAbsent(flow, key -> new Ends());
      sides.stream().filter(side -> is(side, Role.CLIENT)).forEach(known.clients()::add);
      sides.stream().filter(side -> is(side, Role.SERVER)).forEach(known.servers()::add);
    });
    said.forEach((flow, sides) ->
        sides.stream().filter(side -> is(side, Role.UNKNOWN)).forEach(s -> place(flow, s)));
    return ends;
  }

  private void place(FlowKey flow, SideFacts side) {
    if (isListening(flow)) {
      at(flow).clients().add(side);
      return;
    }
    List<FlowKey> serves =
        said.keySet().stream()
            .filter(other -> isReverse(flow, other) && has(other, Role.CLIENT))
            .toList();
    List<FlowKey> uses =
        said.keySet().stream()
            .filter(other -> fits(flow, other) && has(other, Role.SERVER))
            .toList();
    if (!serves.isEmpty()) {
      if (serves.size() == 1) {
        at(serves.getFirst()).servers().add(side.mirrored());
      }
    } else if (!uses.isEmpty()) {
      if (uses.size() == 1) {
        at(uses.getFirst()).clients().add(side);
      }
    } else if (!yields(flow, side.side())) {
      at(flow).clients().add(side);
    }
  }

  private boolean isListening(FlowKey flow) {
    return flow.port() != 0
        && !book.listening(
                new AddressBook.Socket(flow.scope(), flow.transport(), flow.server(), flow.port()))
            .isEmpty();
  }

  /// Rule 4: whether it leaves the connections to an equally unknowing observer of the other end:
  /// to the one that names a port, else to the one whose name comes first.
  private boolean yields(FlowKey flow, Side side) {
    for (Map.Entry<FlowKey, List<SideFacts>> entry : said.entrySet()) {
      if (!isReverse(flow, entry.getKey())) {
        continue;
      }
      for (SideFacts facts : entry.getValue()) {
        Side other = facts.side();
        if (other.role() == Role.UNKNOWN && mayMeet(side, other)) {
          boolean otherNames = entry.getKey().port() != 0;
          boolean names = flow.port() != 0;
          if (names == otherNames ? other.observer().compareTo(side.observer()) < 0 : otherNames) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean mayMeet(Side one, Side other) {
    boolean strangers = one.peer().isEmpty() && other.peer().isEmpty();
    return strangers && !one.observer().equals(other.observer())
        || one.peer().filter(other.observer()::equals).isPresent()
            && other.peer().filter(one.observer()::equals).isPresent();
  }

  private boolean has(FlowKey flow, Role role) {
    return said.getOrDefault(flow, List.of()).stream().anyMatch(side -> is(side, role));
  }

  private Ends at(FlowKey flow) {
    return ends.computeIfAbsent(flow, key -> new Ends());
  }

  private static boolean isReverse(FlowKey flow, FlowKey other) {
    return other.client().equals(flow.server()) && other.server().equals(flow.client());
  }

  private static boolean fits(FlowKey flow, FlowKey other) {
    return other.client().equals(flow.client())
        && other.server().equals(flow.server())
        && (flow.port() == 0 || flow.port() == other.port());
  }

  private static boolean is(SideFacts side, Role role) {
    return side.side().role() == role;
  }
}
