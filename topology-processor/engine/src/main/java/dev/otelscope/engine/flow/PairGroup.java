package dev.otelscope.engine.flow;

import dev.otelscope.engine.observation.FlowKey.Pair;
import java.util.ArrayList;
import java.util.List;

/// The flows between two addresses, in either direction and to any port. They are joined together
/// while one of their observers does not know its role. Owned by its shard.
final class PairGroup {
  private final Pair pair;
  private final List<Flow> flows = new ArrayList<>(1);
  private int unknownRoles;

  PairGroup(Pair pair) {
    this.pair = pair;
  }

  Pair pair() {
    return pair;
  }

  List<Flow> flows() {
    return flows;
  }

  boolean hasUnknownRoles() {
    return unknownRoles > 0;
  }

  void countUnknownRole(int change) {
    unknownRoles += change;
  }
}
