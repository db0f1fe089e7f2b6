package dev.otelscope.engine.flow;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.engine.join.AddressBook;
import dev.otelscope.engine.join.Division;
import dev.otelscope.engine.join.Join;
import dev.otelscope.engine.join.Joined;
import dev.otelscope.engine.join.SideFacts;
import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Joins flows, and remembers which of them depend on what of the address book. Owned by its shard.
final class FlowJoiner {
  private final long windowMillis;
  private final EngineCounters counters;
  private final Map<IpAddress, Set<Flow>> dependents = new HashMap<>();
  private final Set<Flow> kinDependents = new HashSet<>();

  FlowJoiner(long windowMillis, EngineCounters counters) {
    this.windowMillis = windowMillis;
    this.counters = counters;
  }

  /// The flows whose result may be another one with the round's book.
  Set<Flow> dependentsOf(Round round) {
    Set<Flow> flows = new LinkedHashSet<>();
    for (IpAddress address : round.changed()) {
      flows.addAll(dependents.getOrDefault(address, Set.of()));
    }
    if (round.kinChanged()) {
      flows.addAll(kinDependents);
    }
    return flows;
  }

  /// Joins these flows; where roles are unknown, `changed` has all flows of the pair.
  void join(List<Flow> changed, Round round, List<FlowResult> results) {
    Set<PairGroup> done = new HashSet<>();
    for (Flow flow : changed) {
      flow.setDirty(false);
      if (flow.sides().isEmpty()) {
        continue;
      }
      if (!flow.group().hasUnknownRoles()) {
        results.add(resultOf(flow, ends(flow, round), round.book()));
      } else if (done.add(flow.group())) {
        joinGroup(flow.group(), round, results);
      }
    }
  }

  /// A flow that is gone no longer depends on anything.
  FlowResult forget(Flow flow) {
    depend(flow, Set.of());
    kinDependents.remove(flow);
    return new FlowResult(flow, List.of(), true);
  }

  private void joinGroup(PairGroup group, Round round, List<FlowResult> results) {
    Map<FlowKey, List<SideFacts>> said = new LinkedHashMap<>();
    for (Flow flow : group.flows()) {
      said.put(flow.key(), facts(flow, round));
    }
    Map<FlowKey, RoleChoice.Ends> ends = RoleChoice.of(said, round.book());
    for (Flow flow : group.flows()) {
      RoleChoice.Ends chosen = ends.getOrDefault(flow.key(), new RoleChoice.Ends());
      results.add(resultOf(flow, chosen, round.book()));
    }
  }

  private RoleChoice.Ends ends(Flow flow, Round round) {
    RoleChoice.Ends ends = new RoleChoice.Ends();
    for (SideFacts facts : facts(flow, round)) {
      (facts.side().role() == Role.SERVER ? ends.servers() : ends.clients()).add(facts);
    }
    return ends;
  }

  private List<SideFacts> facts(Flow flow, Round round) {
    List<SideFacts> facts = new ArrayList<>(flow.sides().size());
    for (SideState side : flow.sides()) {
      facts.add(side.facts(round.nowMillis(), windowMillis));
    }
    return facts;
  }

  private FlowResult resultOf(Flow flow, RoleChoice.Ends ends, AddressBook book) {
    Joined joined = Join.of(flow.key(), ends.clients(), ends.servers(), book);
    Set<IpAddress> consulted = joined.consulted();
    if (flow.sides().stream().anyMatch(side -> side.side().role() == Role.UNKNOWN)) {
      consulted = new HashSet<>(consulted);
      consulted.add(flow.key().server()); // a listener there would decide who is the client
    }
    depend(flow, consulted);
    if (joined.usesKin()) {
      kinDependents.add(flow);
    } else {
      kinDependents.remove(flow);
    }
    if (!joined.divisions().isEmpty()) {
      keep(joined.divisions(), flow.group());
    }
    counters.add(Counted.ADDRESS_AMBIGUOUS, joined.ambiguousAddresses());
    return new FlowResult(flow, joined.parts(), false);
  }

  private static void keep(Map<Side, Division> divisions, PairGroup group) {
    for (Flow flow : group.flows()) {
      for (SideState side : flow.sides()) {
        Division division = divisions.get(side.side());
        if (division != null) {
          side.setDivision(division);
        }
      }
    }
  }

  private void depend(Flow flow, Set<IpAddress> consulted) {
    if (consulted.equals(flow.consulted())) {
      return;
    }
    for (IpAddress address : flow.consulted()) {
      Set<Flow> flows = dependents.get(address);
      if (flows != null && flows.remove(flow) && flows.isEmpty()) {
        dependents.remove(address);
      }
    }
    for (IpAddress address : consulted) {
      dependents.computeIfAbsent(address, key -> new HashSet<>(2)).add(flow);
    }
    flow.setConsulted(Set.copyOf(consulted));
  }
}
