package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.query.json.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// An entity's attributes in named groups, by the first word of their names.
final class Attributes {
  private static final Map<String, String> GROUPS = groups();
  private static final String OTHER = "other";

  /// What people say instead of a name that is not plain.
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry(AttributeNames.PROCESS_PID, "PID"),
          Map.entry(AttributeNames.PROCESS_VPID, "PID inside"),
          Map.entry(AttributeNames.PROCESS_PARENT_PID, "Parent PID"),
          Map.entry(AttributeNames.PROCESS_COMMAND_LINE, "Command line"),
          Map.entry(AttributeNames.PROCESS_EXECUTABLE_NAME, "Executable"),
          Map.entry(AttributeNames.PROCESS_EXECUTABLE_PATH, "Path"),
          Map.entry(AttributeNames.PROCESS_OWNER, "Owner"),
          Map.entry(AttributeNames.PROCESS_CGROUP, "Control group"),
          Map.entry(AttributeNames.PROCESS_CREATION_TIME, "Started"),
          Map.entry(AttributeNames.HOST_NAME, "Name"),
          Map.entry(AttributeNames.HOST_ARCH, "Architecture"),
          Map.entry(AttributeNames.HOST_IP, "Addresses"),
          Map.entry(AttributeNames.HOST_NETWORKS, "Networks"),
          Map.entry(AttributeNames.HOST_LOCAL_NETWORKS, "Local networks"),
          Map.entry(AttributeNames.HOST_BOOT_ID, "Boot"),
          Map.entry(AttributeNames.NETWORK_NAMESPACE, "Network namespace"),
          Map.entry(AttributeNames.OS_TYPE, "Type"),
          Map.entry(AttributeNames.OS_VERSION, "Version"),
          Map.entry(AttributeNames.OS_DESCRIPTION, "Description"));

  private Attributes() {}

  private static Map<String, String> groups() {
    Map<String, String> groups = new LinkedHashMap<>();
    groups.put("process", "Process");
    groups.put("container", "Container");
    groups.put("k8s", "Kubernetes");
    groups.put("host", "Host");
    groups.put("os", "Operating system");
    groups.put("service", "Service");
    groups.put("otelscope", "OTel Scope");
    groups.put(OTHER, "Other");
    return groups;
  }

  /// The field `groups`; groups without attributes are left out.
  static void write(JsonGenerator json, Entity entity) throws IOException {
    Map<String, Map<String, String>> byGroup = new HashMap<>();
    entity
        .attributes()
        .forEach((name, value) ->
            byGroup
                .computeIfAbsent(groupOf(name), _ -> new TreeMap<>())
                .put(name, value.toString()));
    json.writeArrayFieldStart("groups");
    for (Map.Entry<String, String> group : GROUPS.entrySet()) {
      Map<String, String> attributes = byGroup.get(group.getKey());
      if (attributes != null) {
        write(json, group, attributes);
      }
    }
    json.writeEndArray();
  }

  private static String groupOf(String name) {
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    return GROUPS.containsKey(first) ? first : OTHER;
  }

  private static void write(
      JsonGenerator json, Map.Entry<String, String> group, Map<String, String> attributes)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", group.getKey());
    json.writeStringField("label", group.getValue());
    Json.array(json, "rows", attributes.entrySet(), Attributes::row);
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, Map.Entry<String, String> attribute)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("key", attribute.getKey());
    json.writeStringField("label", LABELS.getOrDefault(attribute.getKey(), attribute.getKey()));
    json.writeStringField("value", attribute.getValue());
    json.writeEndObject();
  }
}
