package dev.otelscope.engine.join;

import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What several candidates for one end have in common, as near to them as possible: their
/// container, else the process that is or started all of them (not init, which started everything),
/// else their host.
final class CommonParent {
  private static final int MAX_DEPTH = 64;
  private static final String INIT = "1";

  private CommonParent() {}

  /// Empty when they have nothing in common.
  static Optional<EntityId> of(Collection<EntityId> candidates, AddressBook book) {
    List<EntityId> distinct = candidates.stream().distinct().sorted().toList();
    if (distinct.size() == 1) {
      return Optional.of(distinct.getFirst());
    }
    Optional<EntityId> container = shared(distinct.stream().map(book::containerOf).toList());
    if (container.isPresent()) {
      return container;
    }
    Set<EntityId> ancestors = ancestry(distinct.getFirst(), book);
    for (EntityId candidate : distinct) {
      ancestors.retainAll(ancestry(candidate, book));
    }
    return ancestors.stream()
        .findFirst()
        .or(() -> shared(distinct.stream().map(AddressBook::hostOf).toList()));
  }

  private static Optional<EntityId> shared(List<Optional<EntityId>> each) {
    return each.stream().distinct().count() == 1 ? each.getFirst() : Optional.empty();
  }

  /// The process itself and those above it, nearest first.
  private static Set<EntityId> ancestry(EntityId process, AddressBook book) {
    Set<EntityId> line = new LinkedHashSet<>();
    Optional<EntityId> next = Optional.of(process);
    while (next.isPresent()
        && next.get().isOf(EntityType.PROCESS)
        && !next.get().value(1).equals(INIT)
        && line.size() < MAX_DEPTH
        && line.add(next.get())) {
      next = book.parentOf(next.get());
    }
    return line;
  }
}
