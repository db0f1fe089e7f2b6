package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.Entity;
import dev.otelscope.query.json.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// An entity's attributes in named groups.
final class Attributes {
  private Attributes() {}

  /// The field `groups`; groups without attributes are left out.
  static void write(JsonGenerator json, Entity entity) throws IOException {
    Map<String, Map<String, String>> byGroup = new HashMap<>();
    entity
        .attributes()
        .forEach((name, value) ->
            byGroup
                .computeIfAbsent(
                    AttributeLabels.group(name), _ -> new TreeMap<>(AttributeLabels.ORDER))
                .put(name, value.toString()));
    json.writeArrayFieldStart("groups");
    for (AttributeLabels.Group group : AttributeLabels.GROUPS) {
      Map<String, String> attributes = byGroup.get(group.id());
      if (attributes != null) {
        write(json, group, attributes);
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
