package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.views.Hosts;
import dev.otelscope.views.Members;
import dev.otelscope.views.Place;
import dev.otelscope.views.Surroundings;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import java.util.List;
import java.util.Map;

/// Each host is a node, and what runs on it talks through it. A host is shown also when it talks to
/// nobody.
public final class HostsView implements ViewDefinition {
  private static final List<String> SHOWN =
      List.of(
          AttributeNames.HOST_NAME,
          AttributeNames.HOST_ARCH,
          AttributeNames.HOST_IP,
          AttributeNames.OS_TYPE,
          AttributeNames.OS_DESCRIPTION,
          AttributeNames.OS_VERSION);

  @Override
  public String id() {
    return "hosts";
  }

  @Override
  public String label() {
    return "Hosts";
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
    return List.of(ViewOption.PSEUDO);
  }

  @Override
  public Place place(Entity entity, Surroundings surroundings) {
    if (entity.id().isOf(EntityType.HOST)) {
      return new Place.Member(entity.id());
    }
    String host = entity.id().isOf(EntityType.ADDRESS) ? "" : Hosts.hostOf(entity);
    return host.isEmpty()
        ? new Place.Elsewhere()
        : new Place.Through(EntityId.of(EntityType.HOST, host));
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Surroundings surroundings) {
    Hosts hosts = surroundings.hosts();
    Map<String, String> attributes =
        members.isEmpty() ? Map.of() : Shown.attributes(members.first(), SHOWN);
    String system =
        attributes.getOrDefault(
            AttributeNames.OS_DESCRIPTION, attributes.getOrDefault(AttributeNames.OS_TYPE, ""));
    return ViewNode.of(
        node,
        EntityType.HOST,
        hosts.name(node.value(0)),
        system,
        "",
        attributes,
        List.of(),
        members);
  }
}
