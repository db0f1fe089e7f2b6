package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.Transport;
import dev.otelscope.model.VirtualAddress;
import dev.otelscope.query.json.Json;
import dev.otelscope.query.json.ViewJson;
import dev.otelscope.views.EdgeId;
import dev.otelscope.views.EdgeSum;
import dev.otelscope.views.Ref;
import dev.otelscope.views.ViewEdge;
import dev.otelscope.views.ViewState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The graph's edges grouped by server port and transport, as rows of a table.
final class Connections {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::figures, FirstRows.BUSIEST).thenComparingInt(Row::port);

  /// @param figures of this port alone
  /// @param virtualAddresses what the clients connected to instead, ascending
  record Row(
      int port, Transport transport, ViewEdge figures, List<VirtualAddress> virtualAddresses) {
    EdgeId edge() {
      return figures.id();
    }

    /// The sum of edges of one port and transport; there must be one.
    static Row sum(EdgeId id, List<Edge> parts) {
      EdgeSum figures = new EdgeSum();
      SortedSet<VirtualAddress> virtualAddresses = new TreeSet<>();
      for (Edge part : parts) {
        figures.add(part);
        virtualAddresses.addAll(part.virtualAddresses());
      }
      EdgeKey any = parts.getFirst().key();
      return new Row(
          any.port(), any.transport(), figures.between(id), List.copyOf(virtualAddresses));
    }
  }

  private record Door(int port, Transport transport) {
    static Door of(Edge part) {
      return new Door(part.key().port(), part.key().transport());
    }
  }

  private Connections() {}

  /// One row per port of an edge.
  static List<Row> of(EdgeId id, Collection<Edge> parts) {
    return parts.stream().collect(Collectors.groupingBy(Door::of)).values().stream()
        .map(part -> Row.sum(id, part))
        .sorted(ORDER)
        .toList();
  }

  /// One row per peer, port and transport.
  static void write(
      JsonGenerator json, String field, ViewState state, EntityId node, boolean inbound)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    for (EdgeId edge : state.edgesAt(node)) {
      if ((inbound ? edge.target() : edge.source()).equals(node)) {
        rows.addAll(of(edge, state.partsOf(edge)));
      }
    }
    rows.sort(ORDER);
    json.writeObjectFieldStart(field);
    FirstRows.write(json, "rows", rows, (out, row) -> peerRow(out, state, row, inbound));
    json.writeEndObject();
  }

  private static void peerRow(JsonGenerator json, ViewState state, Row row, boolean inbound)
      throws IOException {
    EntityId peer = inbound ? row.edge().source() : row.edge().target();
    json.writeStartObject();
    json.writeStringField("edge", row.edge().toString());
    json.writeFieldName("peer");
    ViewJson.ref(json, refTo(state, peer));
    door(json, row);
    json.writeStringField("protocol", row.figures.protocol());
    ViewJson.figures(json, row.figures);
    virtualAddresses(json, row);
    ViewJson.provenance(json, row.figures);
    json.writeEndObject();
  }

  static Ref refTo(ViewState state, EntityId node) {
    return Ref.to(
        state.definition().id(), state.node(node).orElseThrow(() -> missing(state, node)));
  }

  private static IllegalStateException missing(ViewState state, EntityId node) {
    return new IllegalStateException(
        "view " + state.definition().id() + " has an edge but not its end " + node);
  }

  /// The fields `port` and `transport`.
  static void door(JsonGenerator json, Row row) throws IOException {
    json.writeNumberField("port", row.port);
    json.writeStringField("transport", row.transport.toString());
  }

  /// The field `virtualAddresses`: an address with its port, where the port is known.
  static void virtualAddresses(JsonGenerator json, Row row) throws IOException {
    Json.strings(
        json,
        "virtualAddresses",
        row.virtualAddresses.stream().map(VirtualAddress::toString).toList());
  }

  /// A row of an edge's own table.
  static void portRow(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    door(json, row);
    json.writeStringField("protocol", row.figures.protocol());
    ViewJson.figures(json, row.figures);
    virtualAddresses(json, row);
    json.writeEndObject();
  }

  static void ports(JsonGenerator json, List<Row> rows) throws IOException {
    Json.array(json, "ports", FirstRows.of(rows), Connections::portRow);
  }
}
