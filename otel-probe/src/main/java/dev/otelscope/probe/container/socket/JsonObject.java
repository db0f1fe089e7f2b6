package dev.otelscope.probe.container.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object of JSON. Asked for what is not there, or is of another kind, it answers with nothing:
/// engines leave out what they do not have, or say `null`.
///
/// @param members texts, numbers and truths as [String], arrays as [List], objects as [JsonObject];
///   without those that are `null`
public record JsonObject(Map<String, Object> members) {
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(1 << 20).build())
          .build();

  /// Reads one value that stands by itself: an object, or an array of objects.
  public static List<JsonObject> parse(byte[] bytes) throws IOException {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      parser.nextToken();
      return value(parser).map(JsonObject::objectsOf).orElse(List.of());
    }
  }

  /// Begins to read a stream of objects.
  public static JsonParser parser(InputStream stream) throws IOException {
    return FACTORY.createParser(stream);
  }

  /// The next object of a stream of them; empty where the stream ends.
  public static Optional<JsonObject> next(JsonParser stream) throws IOException {
    while (stream.nextToken() != null) {
      if (stream.currentToken() == JsonToken.START_OBJECT) {
        return Optional.of(object(stream));
      }
    }
    return Optional.empty();
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      value(parser).ifPresent(value -> members.put(name, value));
    }
    return new JsonObject(members);
  }

  private static Optional<Object> value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || token == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (token == JsonToken.START_OBJECT) {
      return Optional.of(object(parser));
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
        value(parser).ifPresent(elements::add);
      }
      return Optional.of(elements);
    }
    return Optional.ofNullable(parser.getText());
  }

  private static List<JsonObject> objectsOf(Object value) {
    List<?> elements = value instanceof List<?> list ? list : List.of(value);
    return elements.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  /// The text, number or truth of that name; else the empty string.
  public String text(String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  /// The whole number of that name; else 0.
  public int number(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// The object of that name; else one without members.
  public JsonObject object(String name) {
    return members.get(name) instanceof JsonObject object ? object : EMPTY;
  }

  /// The objects in the array of that name; else none.
  public List<JsonObject> objects(String name) {
    return members.get(name) instanceof List<?> list ? objectsOf(list) : List.of();
  }

  /// The texts in the array of that name; else none.
  public List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /// Members that are texts, numbers or truths.
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      if (value instanceof String text) {
        texts.put(name, text);
      }
    });
    return texts;
  }
}
