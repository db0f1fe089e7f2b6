package dev.otelscope.query.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewOption;
import dev.otelscope.views.ViewSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// The list of views as JSON.
public final class ListingJson {

  /// A view and what it shows with its default options.
  public record Entry(ViewDefinition view, ViewSnapshot shown) {}

  private ListingJson() {}

  /// The field `views`.
  public static void write(JsonGenerator json, List<Entry> entries) throws IOException {
    Json.array(json, "views", entries, ListingJson::entry);
  }

  private static void entry(JsonGenerator json, Entry entry) throws IOException {
    ViewDefinition view = entry.view;
    json.writeStartObject();
    json.writeStringField("id", view.id());
    json.writeStringField("label", view.label());
    json.writeStringField("group", view.group().name().toLowerCase(Locale.ROOT));
    json.writeStringField("parent", view.parent().orElse(null));
    json.writeObjectFieldStart("stats");
    json.writeNumberField("nodes", entry.shown.nodes().size());
    json.writeNumberField("edges", entry.shown.edges().size());
    json.writeNumberField("hidden", entry.shown.hiddenCount());
    json.writeEndObject();
    Json.array(json, "options", view.options(), ListingJson::option);
    json.writeEndObject();
  }

  private static void option(JsonGenerator json, ViewOption option) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", option.id());
    json.writeStringField("label", option.label());
    json.writeStringField("kind", "one");
    json.writeStringField("default", option.defaultValue());
    Json.array(json, "values", option.allowed(), ListingJson::value);
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, ViewOption.Value value) throws IOException {
    json.writeStartObject();
    json.writeStringField("value", value.value());
    json.writeStringField("label", value.label());
    json.writeEndObject();
  }
}
