package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityType;
import dev.otelscope.query.json.Json;
import dev.otelscope.views.RunState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Attributes in named groups: all that an entity has, or the few that several have in common.
final class Attributes {
  private Attributes() {}

  /// Those of an entity, with the state of a container, which changes too often to be an attribute
  /// on the wire.
  static Map<String, String> of(Entity entity) {
    Map<String, String> texts = new HashMap<>();
    entity.attributes().forEach((name, value) -> texts.put(name, value.toString()));
    if (entity.id().isOf(EntityType.CONTAINER)) {
      texts.put(AttributeNames.STATE, RunState.of(entity));
    }
    return texts;
  }

  /// The field `groups`; groups without attributes are left out.
  static void write(JsonGenerator json, Map<String, String> attributes) throws IOException {
    Map<String, Map<String, String>> byGroup = new HashMap<>();
    attributes.forEach((name, value) ->
        byGroup
            .computeIfAbsent(AttributeLabels.group(name), _ -> new TreeMap<>(AttributeLabels.ORDER))
            .put(name, value));
    json.writeArrayFieldStart("groups");
    for (AttributeLabels.Group group : AttributeLabels.GROUPS) {
      Map<String, String> rows = byGroup.get(group.id());
      if (rows != null) {
        write(json, group, rows);
      }
    }
    json.writeEndArray();
  }

  private static void write(
      JsonGenerator json, AttributeLabels.Group group, Map<String, String> attributes)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", group.id());
    json.writeStringField("label", group.label());
    Json.array(json, "rows", attributes.entrySet(), Attributes::row);
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, Map.Entry<String, String> attribute)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("key", attribute.getKey());
    json.writeStringField("label", AttributeLabels.text(attribute.getKey()));
    json.writeStringField("value", attribute.getValue());
    json.writeEndObject();
  }
}
