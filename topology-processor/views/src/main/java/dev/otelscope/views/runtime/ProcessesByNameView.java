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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All processes of one name are a node, on whatever host they run. Java programs of the same
/// simple name, but in other packages, are different ones.
public final class ProcessesByNameView implements ViewDefinition {
  private static final String ID = "processes-by-name";
  private static final String GROUP = "group";
  private static final String KIND = "processes";

  /// The node of all processes of this name.
  static Ref refTo(ProcessName name) {
    return new Ref(ID, nodeOf(name), name.label(), "", KIND, false);
  }

  private static EntityId nodeOf(ProcessName name) {
    return EntityId.of(GROUP, ID, name.full());
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
        ? new Place.Member(nodeOf(ProcessName.of(entity)))
        : new Place.Elsewhere();
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Surroundings surroundings) {
    Hosts hosts = surroundings.hosts();
    ProcessName name = ProcessName.of(members.first());
    int count = members.count();
    boolean onOneHost = members.hosts().size() == 1;
    String host = onOneHost ? members.hosts().first() : "";
    List<Ref> parents = onOneHost ? List.of(hosts.ref(host)) : List.of();
    return ViewNode.of(
        node,
        KIND,
        name.label(),
        count == 1 ? "1 process" : count + " processes",
        onOneHost ? hosts.name(host) : "",
        name.label().equals(name.full())
            ? Map.of()
            : Map.of(AttributeNames.PROCESS_EXECUTABLE_NAME, name.full()),
        parents,
        members);
  }
}
