package dev.otelscope.query.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/// Writes JSON into memory.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  /// Writes one value.
  @FunctionalInterface
  public interface Writer {
    void to(JsonGenerator json) throws IOException;
  }

  /// Writes one element of an array.
  @FunctionalInterface
  public interface ElementWriter<T> {
    void write(JsonGenerator json, T element) throws IOException;
  }

  private Json() {}

  /// What the writer writes; may be sent any number of times.
  public static HttpData data(Writer writer) {
    return HttpData.wrap(bytes(writer));
  }

  /// The fields that the writer writes, as the rest of an object: `,"revision":…}`.
  public static HttpData restOfObject(Writer fields) {
    byte[] object =
        bytes(json -> {
          json.writeStartObject();
          fields.to(json);
          json.writeEndObject();
        });
    object[0] = ','; // in place of the brace
    return HttpData.wrap(object);
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      writer.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory", e);
    }
    return bytes.toByteArray();
  }

  /// A number, or `null` when it is not known.
  public static void number(JsonGenerator json, String field, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(field, value);
    } else {
      json.writeNullField(field);
    }
  }

  public static void strings(JsonGenerator json, String field, Collection<String> values)
      throws IOException {
    array(json, field, values, JsonGenerator::writeString);
  }

  public static <T> void array(
      JsonGenerator json, String field, Collection<? extends T> elements, ElementWriter<T> writer)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (T element : elements) {
      writer.write(json, element);
    }
    json.writeEndArray();
  }
}
