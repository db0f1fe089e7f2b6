package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.views.Hosts;
import dev.otelscope.views.Members;
import dev.otelscope.views.Place;
import dev.otelscope.views.Ref;
import dev.otelscope.views.Surroundings;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Each process is a node.
public final class ProcessesView implements ViewDefinition {
  private static final List<String> SHOWN =
      List.of(
          AttributeNames.PROCESS_PID,
          AttributeNames.PROCESS_COMMAND_LINE,
          AttributeNames.PROCESS_EXECUTABLE_NAME,
          AttributeNames.PROCESS_OWNER,
          AttributeNames.CONTAINER_NAME,
          AttributeNames.K8S_POD_NAME,
          AttributeNames.K8S_NAMESPACE_NAME);

  @Override
  public String id() {
    return "processes";
  }

  @Override
  public String label() {
    return "Processes";
  }

  @Override
  public Group group() {
    return Group.RUNTIME;
  }

  @Override
  public boolean isUniversal() {
    return true;
  }

  @Override
  public List<ViewOption> options() {
    return List.of(ViewOption.UNCONNECTED, ViewOption.SYSTEM, ViewOption.PSEUDO);
  }

  @Override
  public Place place(Entity entity, Surroundings surroundings) {
    return entity.id().isOf(EntityType.PROCESS)
        ? new Place.Member(entity.id())
        : new Place.Elsewhere();
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Surroundings surroundings) {
    Hosts hosts = surroundings.hosts();
    Entity process = members.first();
    ProcessName name = ProcessName.of(process);
    String hostId = node.value(0);
    String host = hosts.name(hostId);
    List<Ref> parents = new ArrayList<>();
    Optional<Containment> container = Containment.of(process, surroundings);
    container.map(ContainersView::refTo).ifPresent(parents::add);
    PodsView.refTo(container.map(Containment::witness).orElse(process)).ifPresent(parents::add);
    parents.add(hosts.ref(hostId));
    parents.add(ProcessesByNameView.refTo(name));
    return ViewNode.of(
        node,
        EntityType.PROCESS,
        name.label(),
        host + ":" + node.value(1),
        host,
        Shown.attributes(process, SHOWN),
        parents,
        members);
  }
}
