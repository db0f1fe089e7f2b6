package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.views.Hosts;
import dev.otelscope.views.Members;
import dev.otelscope.views.Place;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import java.util.List;

/// Each process is a node.
public final class ProcessesView implements ViewDefinition {
  private static final List<String> SHOWN =
      List.of(
          AttributeNames.PROCESS_PID,
          AttributeNames.PROCESS_COMMAND_LINE,
          AttributeNames.PROCESS_EXECUTABLE_NAME,
          AttributeNames.PROCESS_OWNER);

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
  public List<ViewOption> options() {
    return List.of(ViewOption.UNCONNECTED, ViewOption.SYSTEM, ViewOption.PSEUDO);
  }

  @Override
  public Place place(Entity entity, Hosts hosts) {
    return entity.id().isOf(EntityType.PROCESS)
        ? new Place.Member(entity.id())
        : new Place.Elsewhere();
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Hosts hosts) {
    Entity process = members.first();
    ProcessName name = ProcessName.of(process);
    String hostId = node.value(0);
    String host = hosts.name(hostId);
    return ViewNode.of(
        node,
        EntityType.PROCESS,
        name.label(),
        host + ":" + node.value(1),
        host,
        Shown.attributes(process, SHOWN),
        List.of(hosts.ref(hostId), ProcessesByNameView.refTo(name)),
        members);
  }
}
