package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.views.Hosts;
import dev.otelscope.views.Members;
import dev.otelscope.views.Outside;
import dev.otelscope.views.Place;
import dev.otelscope.views.Ref;
import dev.otelscope.views.Surroundings;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Each pod is a node, as far as its containers know of it; what runs in them talks through it.
/// What is in no pod is one pseudo node per host.
public final class PodsView implements ViewDefinition {
  private static final String ID = "pods";
  private static final String KIND = "pod";
  private static final int SHORT_UID = 8;

  private static final List<String> SHOWN =
      List.of(
          AttributeNames.K8S_POD_NAME,
          AttributeNames.K8S_NAMESPACE_NAME,
          AttributeNames.K8S_POD_UID);

  /// The node of the pod that a container or process says it is in.
  static Optional<Ref> refTo(Entity witness) {
    String uid = witness.text(AttributeNames.K8S_POD_UID);
    return uid.isEmpty()
        ? Optional.empty()
        : Optional.of(new Ref(ID, nodeOf(uid), nameOf(uid, Optional.of(witness)), "", KIND, false));
  }

  private static EntityId nodeOf(String uid) {
    return EntityId.of(EntityType.POD, uid);
  }

  private static String nameOf(String uid, Optional<Entity> witness) {
    return witness
        .map(it -> it.text(AttributeNames.K8S_POD_NAME))
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> "pod " + uid.substring(0, Math.min(SHORT_UID, uid.length())));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String label() {
    return "Pods";
  }

  @Override
  public Group group() {
    return Group.KUBERNETES;
  }

  @Override
  public List<ViewOption> options() {
    return ContainersView.OPTIONS;
  }

  @Override
  public Place place(Entity entity, Surroundings surroundings) {
    Optional<Containment> container = Containment.of(entity, surroundings);
    Entity witness = container.map(Containment::witness).orElse(entity);
    String uid = witness.text(AttributeNames.K8S_POD_UID);
    if (uid.isEmpty()) {
      return placeUnmanaged(entity);
    }
    boolean counts =
        witness.id().equals(entity.id()) && container.stream().noneMatch(PodsView::isPause);
    return counts ? new Place.Member(nodeOf(uid)) : new Place.Through(nodeOf(uid));
  }

  private static boolean isPause(Containment container) {
    return container.image().isPause();
  }

  private static Place placeUnmanaged(Entity entity) {
    String host = Hosts.hostOf(entity);
    return switch (entity.id().type()) {
      case EntityType.PROCESS, EntityType.CONTAINER ->
          host.isEmpty() ? new Place.Elsewhere() : Outside.unmanaged(host);
      default -> new Place.Elsewhere();
    };
  }

  @Override
  public ViewNode draw(EntityId node, Members members, Surroundings surroundings) {
    Optional<Entity> witness = members.isEmpty() ? Optional.empty() : Optional.of(members.first());
    String label = nameOf(node.value(0), witness);
    String namespace = witness.map(it -> it.text(AttributeNames.K8S_NAMESPACE_NAME)).orElse("");
    Map<String, String> attributes =
        witness.map(it -> Shown.attributes(it, SHOWN)).orElse(Map.of());
    return ViewNode.of(
            node,
            KIND,
            label,
            namespace,
            namespace,
            attributes,
            members.hosts().stream().map(surroundings.hosts()::ref).toList(),
            members)
        .asOne(rankOf(members).orElse(label));
  }

  /// The image, if all its containers are of one.
  private static Optional<String> rankOf(Members members) {
    List<String> images =
        members.entities().stream()
            .map(it -> Containment.toldBy(it).image().last())
            .filter(image -> !image.isEmpty())
            .distinct()
            .toList();
    return images.size() == 1 ? Optional.of(images.getFirst()) : Optional.empty();
  }
}
