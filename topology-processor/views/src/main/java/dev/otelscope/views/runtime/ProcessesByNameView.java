package dev.otelscope.views.runtime;

import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.views.Hosts;
import dev.otelscope.views.Members;
import dev.otelscope.views.Place;
import dev.otelscope.views.Ref;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All processes of one name are a node, on whatever host they run.
public final class ProcessesByNameView implements ViewDefinition {
  private static final String ID = "processes-by-name";
  private static final String GROUP = "group";
  private static final String KIND = "processes";

  /// The node of all processes of this name.
  static Ref refTo(String name) {
    return new Ref(ID, EntityId.of(GROUP, ID, name), name, "", KIND, false);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String label() {
    return "by name";
  }

  @Override
  public Group group() {
    return Group.RUNTIME;
  }

  @Override
  public Optional<String> parent() {
    return Optional.of("processes");
  }

  @Override
  public List<ViewOption> options() {
    return List.of(ViewOption.UNCONNECTED, ViewOption.SYSTEM, ViewOption.PSEUDO);
  }

  @Override
  public Place place(Entity entity, Hosts hosts) {
    return entity.id().isOf(EntityType.PROCESS)
        ? new Place.Member(EntityId.of(GROUP, ID, ProcessName.of(entity)))
        : new Place.Elsewhere();
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Hosts hosts) {
    int count = members.count();
    boolean onOneHost = members.hosts().size() == 1;
    String host = onOneHost ? members.hosts().first() : "";
    List<Ref> parents = onOneHost ? List.of(hosts.ref(host)) : List.of();
    return ViewNode.of(
        node,
        KIND,
        node.value(1),
        count == 1 ? "1 process" : count + " processes",
        onOneHost ? hosts.name(host) : "",
        Map.of(),
        parents,
        members);
  }
}
