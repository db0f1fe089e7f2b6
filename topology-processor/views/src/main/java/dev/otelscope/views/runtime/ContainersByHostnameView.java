package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
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

/// All containers that call themselves by one host name are a node. Where a container does not say
/// its host name, it is the one that runtimes give: the pod's name, or the short id.
public final class ContainersByHostnameView implements ViewDefinition {
  private static final String ID = "containers-by-hostname";

  /// The node of all containers of this one's host name.
  static Ref refTo(Containment container) {
    return groupOf(container).ref();
  }

  private static ContainerGroup groupOf(Containment container) {
    String said = container.text(AttributeNames.CONTAINER_HOSTNAME);
    if (said.isEmpty()) {
      said = container.text(AttributeNames.K8S_POD_NAME);
    }
    return groupOf(said.isEmpty() ? ContainerName.shortId(container) : said);
  }

  private static ContainerGroup groupOf(String hostname) {
    return new ContainerGroup(ID, hostname, hostname, "hostname");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String label() {
    return "by hostname";
  }

  @Override
  public Group group() {
    return Group.RUNTIME;
  }

  @Override
  public Optional<String> parent() {
    return Optional.of("containers");
  }

  @Override
  public List<ViewOption> options() {
    return ContainersView.OPTIONS;
  }

  @Override
  public Place place(Entity entity, Surroundings surroundings) {
    return ContainerGroup.place(entity, surroundings, ContainersByHostnameView::groupOf);
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Surroundings surroundings) {
    String hostname = node.value(1);
    return groupOf(hostname)
        .draw(members, surroundings, Map.of(AttributeNames.CONTAINER_HOSTNAME, hostname));
  }
}
