package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.views.ImageName;
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

/// All containers of one image are a node, of whatever version and on whatever host.
public final class ContainersByImageView implements ViewDefinition {
  private static final String ID = "containers-by-image";

  /// The node of all containers of this one's image.
  static Ref refTo(Containment container) {
    return groupOf(container).ref();
  }

  private static ContainerGroup groupOf(Containment container) {
    return groupOf(container.image().repository());
  }

  private static ContainerGroup groupOf(String repository) {
    String label = repository.isEmpty() ? "image not known" : ImageName.of(repository).last();
    return new ContainerGroup(ID, repository, label, "image");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String label() {
    return "by image";
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
    return ContainerGroup.place(entity, surroundings, ContainersByImageView::groupOf);
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Surroundings surroundings) {
    String repository = node.value(1);
    return groupOf(repository)
        .draw(
            members,
            surroundings,
            repository.isEmpty()
                ? Map.of()
                : Map.of(AttributeNames.CONTAINER_IMAGE_NAME, repository));
  }
}
