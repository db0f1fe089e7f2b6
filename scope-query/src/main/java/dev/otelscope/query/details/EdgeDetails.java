package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.query.details.RecentPoints.Rate;
import dev.otelscope.query.json.Json;
import dev.otelscope.query.json.ViewJson;
import dev.otelscope.views.EdgeId;
import dev.otelscope.views.ViewEdge;
import dev.otelscope.views.ViewState;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Everything that is known of one edge, as `docs/api.md` describes it.
public final class EdgeDetails {
  private final Refs refs;

  public EdgeDetails(Refs refs) {
    this.refs = refs;
  }

  /// To be called where the state may be read.
  ///
  /// @return empty when the view has no such edge
  public Optional<HttpData> of(EdgeId id, ViewState state, RecentPoints points) {
    return state.edge(id).map(edge -> Json.data(json -> write(json, edge, state, points)));
  }

  private void write(JsonGenerator json, ViewEdge edge, ViewState state, RecentPoints points)
      throws IOException {
    Collection<Edge> parts = state.partsOf(edge.id());
    json.writeStartObject();
    json.writeStringField("view", state.definition().id());
    json.writeStringField("revision", state.graph().revision().toString());
    json.writeFieldName("edge");
    ViewJson.edge(json, edge);
    json.writeFieldName("source");
    ViewJson.ref(json, Connections.refTo(state, edge.id().source()));
    json.writeFieldName("target");
    ViewJson.ref(json, Connections.refTo(state, edge.id().target()));
    Connections.ports(json, Connections.of(edge.id(), parts));
    pairs(json, parts, state);
    failures(json, edge, parts);
    rates(json, parts.stream().map(Edge::key).toList(), points);
    json.writeEndObject();
  }

  /// The entities on each end, as finely as they are known.
  private void pairs(JsonGenerator json, Collection<Edge> parts, ViewState state)
      throws IOException {
    List<Connections.Row> rows =
        parts.stream()
            .map(EdgeDetails::alone)
            .sorted(Comparator.comparing(Connections.Row::figures, FirstRows.BUSIEST))
            .toList();
    json.writeObjectFieldStart("processes");
    FirstRows.write(json, "rows", rows, (out, row) -> pair(out, row, state));
    json.writeEndObject();
  }

  private static Connections.Row alone(Edge part) {
    EdgeKey key = part.key();
    return Connections.Row.sum(new EdgeId(key.client(), key.server()), List.of(part));
  }

  private void pair(JsonGenerator json, Connections.Row row, ViewState state) throws IOException {
    json.writeStartObject();
    json.writeFieldName("client");
    ViewJson.ref(json, refs.to(row.edge().source(), state));
    json.writeFieldName("server");
    ViewJson.ref(json, refs.to(row.edge().target(), state));
    Connections.door(json, row);
    ViewJson.figures(json, row.figures());
    Connections.virtualAddresses(json, row);
    ViewJson.provenance(json, row.figures());
    json.writeEndObject();
  }

  /// Rates are known for all causes together only, so for one cause if there is no other.
  private static void failures(JsonGenerator json, ViewEdge edge, Collection<Edge> parts)
      throws IOException {
    Map<String, Double> totals = new TreeMap<>();
    for (Edge part : parts) {
      part.failures().forEach((cause, total) -> totals.merge(cause, total, Double::sum));
    }
    double rate = totals.size() == 1 ? edge.rates().failed() : Double.NaN;
    json.writeArrayFieldStart("failures");
    for (Map.Entry<String, Double> failure : totals.entrySet()) {
      json.writeStartObject();
      json.writeStringField("cause", failure.getKey());
      Json.number(json, "rate", rate);
      json.writeNumberField("total", failure.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void rates(JsonGenerator json, List<EdgeKey> parts, RecentPoints points)
      throws IOException {
    json.writeArrayFieldStart("rates");
    for (Rate rate : Rate.values()) {
      json.writeStartObject();
      json.writeStringField("id", rate.id());
      json.writeStringField("label", rate.label());
      json.writeStringField("unit", rate.unit());
      Measurements.points(json, points.traffic(parts, rate));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
