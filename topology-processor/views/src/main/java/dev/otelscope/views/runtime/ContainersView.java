package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.views.Hosts;
import dev.otelscope.views.ImageName;
import dev.otelscope.views.Members;
import dev.otelscope.views.Outside;
import dev.otelscope.views.Place;
import dev.otelscope.views.Ref;
import dev.otelscope.views.Surroundings;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Each container is a node, and what runs in it talks through it. What is in no container is one
/// pseudo node per host.
public final class ContainersView implements ViewDefinition {
  private static final String ID = "containers";

  static final List<ViewOption> OPTIONS =
      List.of(ViewOption.UNCONNECTED, ViewOption.STOPPED, ViewOption.SYSTEM, ViewOption.PSEUDO);

  private static final List<String> SHOWN =
      List.of(
          AttributeNames.CONTAINER_ID,
          AttributeNames.CONTAINER_NAME,
          AttributeNames.CONTAINER_IMAGE_NAME,
          AttributeNames.K8S_POD_NAME,
          AttributeNames.K8S_NAMESPACE_NAME);

  /// The node of a container.
  static Ref refTo(Containment container) {
    return new Ref(
        ID, container.id(), ContainerName.of(container), "", EntityType.CONTAINER, false);
  }

  /// Where a container view has what is in no container.
  static Place placeUncontained(Entity entity) {
    return entity.id().isOf(EntityType.PROCESS)
        ? Outside.uncontained(Hosts.hostOf(entity))
        : new Place.Elsewhere();
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String label() {
    return "Containers";
  }

  @Override
  public Group group() {
    return Group.RUNTIME;
  }

  @Override
  public List<ViewOption> options() {
    return OPTIONS;
  }

  @Override
  public Place place(Entity entity, Surroundings surroundings) {
    return Containment.of(entity, surroundings)
        .map(container -> container.in(container.id(), entity))
        .orElseGet(() -> placeUncontained(entity));
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Surroundings surroundings) {
    Containment container = Containment.toldBy(members.first());
    Optional<Ref> host = members.hosts().stream().findFirst().map(surroundings.hosts()::ref);
    List<Ref> parents = new ArrayList<>();
    PodsView.refTo(container.witness()).ifPresent(parents::add);
    host.ifPresent(parents::add);
    parents.add(ContainersByImageView.refTo(container));
    parents.add(ContainersByHostnameView.refTo(container));
    String label = ContainerName.of(container);
    String hostName = host.map(Ref::label).orElse("");
    ImageName image = container.image();
    return ViewNode.of(
            node,
            EntityType.CONTAINER,
            label,
            hostName,
            hostName,
            Shown.attributes(container.witness(), SHOWN),
            parents,
            members)
        .asOne(image.last().isEmpty() ? label : image.last());
  }
}
