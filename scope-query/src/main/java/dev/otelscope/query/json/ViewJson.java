package dev.otelscope.query.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Traffic;
import dev.otelscope.views.Changes;
import dev.otelscope.views.Ref;
import dev.otelscope.views.ViewDelta;
import dev.otelscope.views.ViewEdge;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewSnapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Views, their nodes and edges as JSON. The fields of a snapshot or delta are written into an
/// object that the caller opens, so that it can say first under which name the view was asked for.
public final class ViewJson {
  private ViewJson() {}

  /// The fields of a whole view; nodes and edges in order of their ids.
  public static void snapshot(JsonGenerator json, ViewSnapshot view) throws IOException {
    json.writeStringField("revision", view.revision().toString());
    json.writeStringField("time", view.time().toString());
    Json.array(json, "nodes", new TreeMap<>(view.nodes()).values(), ViewJson::node);
    Json.array(json, "edges", new TreeMap<>(view.edges()).values(), ViewJson::edge);
    rest(json, view.hidden(), view.coverage());
  }

  /// The fields of a delta.
  public static void delta(JsonGenerator json, ViewDelta delta) throws IOException {
    json.writeStringField("from", delta.base().toString());
    json.writeStringField("revision", delta.next().toString());
    json.writeStringField("time", delta.time().toString());
    changes(json, "nodes", delta.nodes(), ViewJson::node);
    changes(json, "edges", delta.edges(), ViewJson::edge);
    rest(json, delta.hidden(), delta.coverage());
  }

  private static <K extends Comparable<K>, V> void changes(
      JsonGenerator json, String field, Changes<K, V> changes, Json.ElementWriter<V> writer)
      throws IOException {
    json.writeObjectFieldStart(field);
    Json.array(json, "add", changes.add().values(), writer);
    Json.array(json, "update", changes.update().values(), writer);
    Json.strings(json, "remove", changes.remove().stream().map(Object::toString).toList());
    json.writeEndObject();
  }

  private static void rest(JsonGenerator json, Map<String, Integer> hidden, List<Coverage> coverage)
      throws IOException {
    json.writeObjectFieldStart("hidden");
    for (Map.Entry<String, Integer> reason : hidden.entrySet()) {
      json.writeNumberField(reason.getKey(), reason.getValue());
    }
    json.writeEndObject();
    Json.array(json, "coverage", coverage, ViewJson::coverage);
  }

  private static void coverage(JsonGenerator json, Coverage coverage) throws IOException {
    json.writeStartObject();
    json.writeStringField("subject", coverage.subject().toString());
    json.writeStringField("severity", coverage.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("message", coverage.message());
    json.writeStringField("since", coverage.since().toString());
    json.writeEndObject();
  }

  public static void node(JsonGenerator json, ViewNode node) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", node.id().toString());
    json.writeStringField("label", node.label());
    json.writeStringField("sublabel", node.sublabel());
    json.writeStringField("kind", node.kind());
    json.writeNumberField("count", node.count());
    json.writeStringField("group", node.group());
    json.writeStringField("state", node.state());
    json.writeStringField("rank", node.rank());
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> attribute : node.attributes().entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("metrics");
    for (Map.Entry<String, Double> metric : node.metrics().entrySet()) {
      json.writeNumberField(metric.getKey(), metric.getValue());
    }
    json.writeEndObject();
    Json.array(json, "parents", node.parents(), ViewJson::parent);
    json.writeBooleanField("selfEdge", node.selfEdge());
    json.writeBooleanField("pseudo", node.pseudo());
    json.writeBooleanField("stale", node.stale());
    json.writeEndObject();
  }

  private static void parent(JsonGenerator json, Ref parent) throws IOException {
    json.writeStartObject();
    json.writeStringField("view", parent.view());
    json.writeStringField("id", parent.id().toString());
    json.writeStringField("label", parent.label());
    json.writeEndObject();
  }

  public static void ref(JsonGenerator json, Ref ref) throws IOException {
    json.writeStartObject();
    json.writeStringField("view", ref.view().isEmpty() ? null : ref.view());
    json.writeStringField("id", ref.id().toString());
    json.writeStringField("label", ref.label());
    json.writeStringField("sublabel", ref.sublabel());
    json.writeStringField("kind", ref.kind());
    json.writeBooleanField("pseudo", ref.pseudo());
    json.writeEndObject();
  }

  public static void edge(JsonGenerator json, ViewEdge edge) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", edge.id().toString());
    json.writeStringField("source", edge.id().source().toString());
    json.writeStringField("target", edge.id().target().toString());
    ports(json, edge.ports());
    json.writeStringField("transport", edge.transport());
    json.writeStringField("protocol", edge.protocol());
    figures(json, edge);
    provenance(json, edge);
    json.writeBooleanField("stale", edge.stale());
    json.writeEndObject();
  }

  private static void ports(JsonGenerator json, Collection<Integer> ports) throws IOException {
    json.writeArrayFieldStart("ports");
    for (int port : ports) {
      json.writeNumber(port);
    }
    json.writeEndArray();
  }

  /// The fields `connections`, `bytes`, `rtt` and `totals`.
  public static void figures(JsonGenerator json, ViewEdge edge) throws IOException {
    Traffic rates = edge.rates();
    json.writeObjectFieldStart("connections");
    json.writeNumberField("active", edge.active());
    json.writeNumberField("opened", rates.opened());
    json.writeNumberField("failed", rates.failed());
    json.writeNumberField("reset", rates.reset());
    json.writeEndObject();
    json.writeObjectFieldStart("bytes");
    json.writeNumberField("sent", rates.bytesSent());
    json.writeNumberField("received", rates.bytesReceived());
    json.writeEndObject();
    Json.number(json, "rtt", edge.rttSeconds());
    Traffic totals = edge.totals();
    json.writeObjectFieldStart("totals");
    json.writeNumberField("opened", totals.opened());
    json.writeNumberField("failed", totals.failed());
    json.writeNumberField("reset", totals.reset());
    json.writeNumberField("bytesSent", totals.bytesSent());
    json.writeNumberField("bytesReceived", totals.bytesReceived());
    json.writeNumberField("retransmits", totals.retransmits());
    json.writeEndObject();
  }

  /// The fields `pairing` and `sources`.
  public static void provenance(JsonGenerator json, ViewEdge edge) throws IOException {
    json.writeStringField("pairing", edge.pairing().toString());
    Json.strings(json, "sources", edge.sources());
  }
}
