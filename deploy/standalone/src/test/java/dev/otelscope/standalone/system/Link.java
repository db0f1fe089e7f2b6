package dev.otelscope.standalone.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.MapView;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/// An edge as a test writes it down. Its text form is `anna → nginx worker tcp/80 ×1`.
///
/// @param active connections held now
record Link(String client, String server, String transport, int port, int active)
    implements Comparable<Link> {

  static Link tcp(String client, String server, int port) {
    return new Link(client, server, "tcp", port, 1);
  }

  static Link udp(String client, String server, int port) {
    return new Link(client, server, "udp", port, 1);
  }

  Link times(int number) {
    return new Link(client, server, transport, port, number);
  }

  /// Every edge of a view on which a connection is held now.
  ///
  /// @param names what to call a process, by its id
  static List<Link> held(MapView view, LongFunction<String> names) {
    return all(view, names).stream().filter(link -> link.active > 0).toList();
  }

  /// Every edge of a view.
  ///
  /// @param names what to call a process, by its id
  static List<Link> all(MapView view, LongFunction<String> names) {
    Map<String, String> called =
        view.nodes()
            .collect(
                Collectors.toMap(node -> node.required("id").asText(), node -> name(node, names)));
    return view.edges()
        .map(edge ->
            new Link(
                end(edge, "source", called),
                end(edge, "target", called),
                edge.required("transport").asText(),
                edge.required("ports").path(0).asInt(),
                edge.required("connections").required("active").asInt()))
        .sorted()
        .toList();
  }

  private static String end(JsonNode edge, String end, Map<String, String> called) {
    String id = edge.required(end).asText();
    return called.getOrDefault(id, "no node for " + id);
  }

  private static String name(JsonNode node, LongFunction<String> names) {
    JsonNode pid = node.path("attributes").path("process.pid");
    return pid.isMissingNode()
        ? (node.required("label").asText() + " " + node.required("sublabel").asText()).strip()
        : names.apply(pid.asLong());
  }

  @Override
  public int compareTo(Link other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s → %s %s/%d ×%d".formatted(client, server, transport, port, active);
  }
}
