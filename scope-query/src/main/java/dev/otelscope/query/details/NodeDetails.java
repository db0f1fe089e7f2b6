package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.Listener;
import dev.otelscope.query.json.Json;
import dev.otelscope.query.json.ViewJson;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewState;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Everything that is known of one node, as `docs/api.md` describes it.
public final class NodeDetails {
  private final Children children;

  public NodeDetails(Refs refs) {
    this.children = new Children(refs);
  }

  /// To be called where the state may be read.
  ///
  /// @return empty when the view has no such node
  public Optional<HttpData> of(EntityId id, ViewState state, RecentPoints points) {
    return state.node(id).map(node -> Json.data(json -> write(json, node, state, points)));
  }

  private void write(JsonGenerator json, ViewNode node, ViewState state, RecentPoints points)
      throws IOException {
    Collection<Entity> entities = state.entitiesOf(node.id());
    json.writeStartObject();
    json.writeStringField("view", state.definition().id());
    json.writeStringField("revision", state.graph().revision().toString());
    json.writeFieldName("node");
    ViewJson.node(json, node);
    Attributes.write(
        json,
        entities.size() == 1 && saysOfItself(node, entities.iterator().next())
            ? Attributes.of(entities.iterator().next())
            : node.attributes());
    Measurements.write(json, node, entities, points);
    Json.array(json, "parents", node.parents(), ViewJson::ref);
    children.write(json, node, entities, state);
    Connections.write(json, "inbound", state, node.id(), true);
    Connections.write(json, "outbound", state, node.id(), false);
    listeners(json, entities);
    Json.array(json, "controls", List.of(), (_, _) -> {});
    json.writeEndObject();
  }

  /// Whether what the entity says is true of the node; a rest of a host is more than one of its
  /// processes.
  private static boolean saysOfItself(ViewNode node, Entity entity) {
    return !node.pseudo() || entity.id().isOf(EntityType.ADDRESS);
  }

  private static void listeners(JsonGenerator json, Collection<Entity> entities)
      throws IOException {
    List<Listener> listeners =
        entities.stream()
            .flatMap(entity -> entity.listeners().stream())
            .distinct()
            .sorted()
            .toList();
    Json.array(json, "listeners", FirstRows.of(listeners), NodeDetails::listener);
  }

  private static void listener(JsonGenerator json, Listener listener) throws IOException {
    json.writeStartObject();
    json.writeStringField("address", listener.address().toString());
    json.writeNumberField("port", listener.port());
    json.writeStringField("transport", listener.transport().toString());
    json.writeEndObject();
  }
}
