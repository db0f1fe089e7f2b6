package dev.otelscope.views.runtime;

import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.views.Members;
import dev.otelscope.views.Place;
import dev.otelscope.views.Ref;
import dev.otelscope.views.Surroundings;
import dev.otelscope.views.ViewNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Containers that have something in common, as one node. It counts the containers that have spoken
/// for themselves; the processes of others only talk through it.
///
/// @param view in which it is a node
/// @param key what its containers have in common; part of its id
/// @param label how that is written on the map
/// @param kind of the node
record ContainerGroup(String view, String key, String label, String kind) {
  private static final String GROUP = "group";

  EntityId id() {
    return EntityId.of(GROUP, view, key);
  }

  Ref ref() {
    return new Ref(view, id(), label, "", kind, false);
  }

  /// Where an entity is in a view of such groups.
  static Place place(
      Entity entity, Surroundings surroundings, Function<Containment, ContainerGroup> groupOf) {
    return Containment.of(entity, surroundings)
        .map(container -> {
          EntityId node = groupOf.apply(container).id();
          return container.isKnown() ? container.in(node, entity) : new Place.Through(node);
        })
        .orElseGet(() -> ContainersView.placeUncontained(entity));
  }

  ViewNode draw(Members members, Surroundings surroundings, Map<String, String> attributes) {
    int count = members.count();
    boolean onOneHost = members.hosts().size() == 1;
    String host = onOneHost ? members.hosts().first() : "";
    return ViewNode.of(
        id(),
        kind,
        label,
        count == 1 ? "1 container" : count + " containers",
        onOneHost ? surroundings.hosts().name(host) : "",
        attributes,
        onOneHost ? List.of(surroundings.hosts().ref(host)) : List.of(),
        members);
  }
}
