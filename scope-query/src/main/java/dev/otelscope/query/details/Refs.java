package dev.otelscope.query.details;

import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import dev.otelscope.views.Hosts;
import dev.otelscope.views.Members;
import dev.otelscope.views.Outside;
import dev.otelscope.views.Place;
import dev.otelscope.views.Ref;
import dev.otelscope.views.Surroundings;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes down an entity as the node that it is in the finest view in which it is one.
public final class Refs {
  private static final String NOWHERE = "";

  private final List<ViewDefinition> finestFirst;

  public Refs(List<ViewDefinition> finestFirst) {
    this.finestFirst = List.copyOf(finestFirst);
  }

  Ref to(Entity entity, Surroundings surroundings) {
    for (ViewDefinition view : finestFirst) {
      Optional<Ref> ref = in(view, entity, surroundings);
      if (ref.isPresent()) {
        return ref.get();
      }
    }
    Hosts hosts = surroundings.hosts();
    EntityId id = entity.id();
    String hostId = Hosts.hostOf(entity);
    String host = hostId.isEmpty() ? "" : hosts.name(hostId);
    if (id.isOf(EntityType.UNATTRIBUTED)) {
      return new Ref(NOWHERE, id, "Unattributed", host, id.type(), true);
    }
    String text = Outside.addressOf(id).map(IpAddress::toString).orElseGet(id::toString);
    String name = Outside.nameOf(entity);
    return name.isEmpty()
        ? new Ref(NOWHERE, id, text, host, id.type(), true)
        : new Ref(NOWHERE, id, name, text, id.type(), true);
  }

  /// The nodes of one view of which these entities are members, each once.
  List<Ref> in(String viewId, Collection<Entity> entities, Surroundings surroundings) {
    Map<EntityId, Ref> found = new LinkedHashMap<>();
    finestFirst.stream()
        .filter(view -> view.id().equals(viewId))
        .flatMap(view -> entities.stream().flatMap(it -> in(view, it, surroundings).stream()))
        .forEach(ref -> found.putIfAbsent(ref.id(), ref));
    return List.copyOf(found.values());
  }

  private static Optional<Ref> in(ViewDefinition view, Entity entity, Surroundings surroundings) {
    return view.place(entity, surroundings) instanceof Place.Member(EntityId node)
        ? Optional.of(Ref.to(view.id(), view.draw(node, Members.of(entity), surroundings)))
        : Optional.empty();
  }

  /// An entity of the state's graph; by its id alone when it is no longer there.
  Ref to(EntityId id, ViewState state) {
    Entity entity = state.graph().entities().get(id);
    return entity == null
        ? new Ref(NOWHERE, id, id.toString(), "", id.type(), false)
        : to(entity, state.surroundings());
  }
}
