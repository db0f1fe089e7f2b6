package dev.otelscope.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.AttributeValue;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that is said about a request, as text: once what a reader says of its bytes, once
/// what follows from protobuf's object.
abstract class Transcript {
  private static final JsonFactory JSON = new JsonFactory();

  private final StringBuilder text = new StringBuilder();

  void clear() {
    text.setLength(0);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  final void line(Object... parts) {
    for (Object part : parts) {
      text.append(part).append(' ');
    }
    text.append('\n');
  }

  static Map<String, String> attributes(AttributesView view) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < view.size(); i++) {
      attributes.put(view.key(i).string(), view.type(i) + " " + view.value(i));
    }
    return attributes;
  }

  static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (KeyValue pair : pairs) {
      attributes.put(pair.getKey(), type(pair.getValue()) + " " + value(pair.getValue()));
    }
    return attributes;
  }

  private static AttributesView.ValueType type(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> AttributesView.ValueType.TEXT;
      case BOOL_VALUE -> AttributesView.ValueType.TRUTH;
      case INT_VALUE -> AttributesView.ValueType.WHOLE;
      case DOUBLE_VALUE -> AttributesView.ValueType.DECIMAL;
      case ARRAY_VALUE -> AttributesView.ValueType.LISTING;
      case KVLIST_VALUE -> AttributesView.ValueType.MAP;
      case BYTES_VALUE -> AttributesView.ValueType.BYTES;
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> AttributesView.ValueType.EMPTY;
    };
  }

  static AttributeValue value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> AttributeValue.of(value.getStringValue());
      case BOOL_VALUE -> AttributeValue.of(value.getBoolValue());
      case INT_VALUE -> AttributeValue.of(value.getIntValue());
      case DOUBLE_VALUE -> AttributeValue.of(value.getDoubleValue());
      case ARRAY_VALUE ->
          new AttributeValue.Listing(
              value.getArrayValue().getValuesList().stream().map(Transcript::value).toList());
      case KVLIST_VALUE -> AttributeValue.of(json(value));
      case BYTES_VALUE ->
          AttributeValue.of(
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> AttributeValue.of("");
    };
  }

  private static String json(AnyValue value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(AnyValue value, JsonGenerator json) throws IOException {
    switch (value.getValueCase()) {
      case STRING_VALUE -> json.writeString(value.getStringValue());
      case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
      case INT_VALUE -> json.writeNumber(value.getIntValue());
      case DOUBLE_VALUE -> json.writeNumber(value.getDoubleValue());
      case BYTES_VALUE -> json.writeBinary(value.getBytesValue().toByteArray());
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> json.writeNull();
      case ARRAY_VALUE -> {
        json.writeStartArray();
        for (AnyValue item : value.getArrayValue().getValuesList()) {
          write(item, json);
        }
        json.writeEndArray();
      }
      case KVLIST_VALUE -> {
        Map<String, AnyValue> entries = new LinkedHashMap<>();
        value.getKvlistValue().getValuesList().forEach(e -> entries.put(e.getKey(), e.getValue()));
        json.writeStartObject();
        for (Map.Entry<String, AnyValue> entry : entries.entrySet()) {
          json.writeFieldName(entry.getKey());
          write(entry.getValue(), json);
        }
        json.writeEndObject();
      }
    }
  }
}
