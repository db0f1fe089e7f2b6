package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.views.ImageName;
import dev.otelscope.views.Place;
import dev.otelscope.views.Surroundings;
import java.util.Optional;

/// The container in which something is. While the container itself has said nothing, or its runtime
/// cannot be asked, what each of its processes knows of it counts.
///
/// @param id of the container
/// @param witness who says what is known of it: itself, else the one that is in it
record Containment(EntityId id, Entity witness) {

  /// Where an entity is that is a container or part of one.
  static Optional<Containment> of(Entity entity, Surroundings surroundings) {
    return entity.id().isOf(EntityType.CONTAINER)
        ? Optional.of(new Containment(entity.id(), entity))
        : Surroundings.containerIdOf(entity)
            .map(id -> new Containment(id, surroundings.containerOf(entity).orElse(entity)));
  }

  /// What a node stands for that was made for this witness.
  static Containment toldBy(Entity witness) {
    return new Containment(Surroundings.containerIdOf(witness).orElse(witness.id()), witness);
  }

  String text(String attribute) {
    return witness.text(attribute);
  }

  ImageName image() {
    return ImageName.of(text(AttributeNames.CONTAINER_IMAGE_NAME));
  }

  /// Whether the container has spoken for itself.
  boolean isKnown() {
    return witness.id().equals(id);
  }

  boolean isToldBy(Entity entity) {
    return witness.id().equals(entity.id());
  }

  /// In a node that stands for containers: who tells of one counts, the others talk through it.
  Place in(EntityId node, Entity entity) {
    return isToldBy(entity) ? new Place.Member(node) : new Place.Through(node);
  }
}
