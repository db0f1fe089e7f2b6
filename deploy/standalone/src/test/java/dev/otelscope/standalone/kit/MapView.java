package dev.otelscope.standalone.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/// What `GET /api/v1/views/{view}` answered.
public record MapView(JsonNode json) {

  public Stream<JsonNode> nodes() {
    return json.required("nodes").valueStream();
  }

  public Stream<JsonNode> edges() {
    return json.required("edges").valueStream();
  }

  public Optional<JsonNode> node(String id) {
    return nodes().filter(node -> node.required("id").asText().equals(id)).findFirst();
  }

  /// The node of the process with this id on its host.
  public Optional<JsonNode> process(long pid) {
    String text = Long.toString(pid);
    return nodes()
        .filter(node -> node.path("attributes").path("process.pid").asText().equals(text))
        .findFirst();
  }

  /// The edge between these processes.
  public Optional<JsonNode> edge(long clientPid, long serverPid) {
    return process(clientPid)
        .flatMap(client -> process(serverPid).flatMap(server -> edge(client, server)));
  }

  private Optional<JsonNode> edge(JsonNode source, JsonNode target) {
    return edges()
        .filter(edge -> edge.required("source").equals(source.required("id")))
        .filter(edge -> edge.required("target").equals(target.required("id")))
        .findFirst();
  }
}
