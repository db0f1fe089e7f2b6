package dev.otelscope.engine.join;

import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a flow adds to the graph, and what of the book that depends on.
///
/// @param parts one per edge
/// @param consulted addresses that were looked up: a change of theirs may change the result
/// @param usesKin whether who belongs to whom was looked up
/// @param ambiguousAddresses ends whose address several live entities hold and nothing told apart
/// @param divisions of those sides that were divided; for the next join
public record Joined(
    List<EdgePart> parts,
    Set<IpAddress> consulted,
    boolean usesKin,
    int ambiguousAddresses,
    Map<Side, Division> divisions) {
  public Joined {
    parts = List.copyOf(parts);
    consulted = Set.copyOf(consulted);
    divisions = Map.copyOf(divisions);
  }
}
