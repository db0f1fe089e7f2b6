package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.query.json.ViewJson;
import dev.otelscope.views.Ref;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewState;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The nodes of finer views of which a node is made.
final class Children {

  /// A finer view, the kind of its nodes, and what they are called together.
  private record Level(String kind, String label, String view) {}

  private static final Level PODS = new Level("pod", "Pods", "pods");
  private static final Level CONTAINERS = new Level("container", "Containers", "containers");
  private static final Level PROCESSES = new Level("process", "Processes", "processes");

  private static final Comparator<Ref> BY_NAME =
      Comparator.comparing(Ref::label).thenComparing(Ref::id);

  private final Refs refs;

  Children(Refs refs) {
    this.refs = refs;
  }

  /// The field `children`; kinds of which there are none are left out.
  void write(JsonGenerator json, ViewNode node, Collection<Entity> entities, ViewState state)
      throws IOException {
    Collection<Entity> within =
        node.id().isOf(EntityType.HOST)
            ? state.entitiesOn(node.id().value(0))
            : withTheirParts(entities, state);
    json.writeArrayFieldStart("children");
    for (Level level : finerThan(node)) {
      List<Ref> those = refs.in(level.view, within, state.surroundings());
      write(json, level.kind, level.label, level.view, those);
    }
    List<Ref> addresses =
        entities.stream()
            .filter(entity -> entity.id().isOf(EntityType.ADDRESS))
            .map(entity -> refs.to(entity, state.surroundings()))
            .toList();
    write(json, EntityType.ADDRESS, "Addresses", null, addresses);
    json.writeEndArray();
  }

  private static List<Level> finerThan(ViewNode node) {
    return switch (node.kind()) {
      case "host" -> List.of(PODS, CONTAINERS, PROCESSES);
      case "image", "hostname" -> List.of(CONTAINERS);
      case "container", "processes" -> List.of(PROCESSES);
      case "process" -> List.of();
      default -> List.of(CONTAINERS, PROCESSES);
    };
  }

  /// Containers with what runs in them.
  private static Collection<Entity> withTheirParts(Collection<Entity> entities, ViewState state) {
    Map<EntityId, Entity> within = new LinkedHashMap<>();
    for (Entity entity : entities) {
      within.put(entity.id(), entity);
      for (EntityId part : state.surroundings().partsOf(entity.id())) {
        Entity known = state.graph().entities().get(part);
        if (known != null) {
          within.put(part, known);
        }
      }
    }
    return within.values();
  }

  private static void write(
      JsonGenerator json, String kind, String label, @Nullable String view, List<Ref> those)
      throws IOException {
    if (those.isEmpty()) {
      return;
    }
    json.writeStartObject();
    json.writeStringField("kind", kind);
    json.writeStringField("label", label);
    json.writeStringField("view", view);
    FirstRows.write(json, "items", those.stream().sorted(BY_NAME).toList(), ViewJson::ref);
    json.writeEndObject();
  }
}
