package dev.otelscope.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identity of an OpenTelemetry entity: its type and the values of its identifying attributes,
/// in the order that the type defines.
///
/// The text form is used in URLs, storage and on the wire. It is `type~value~value`, in which every
/// byte of a value's UTF-8 other than `A-Z a-z 0-9 . _ -` is written `=XX`. It needs no further
/// escaping in a URL path, sorts by type, and [#parse] is the inverse of [#toString]. Ids are
/// compared by this text, which is made once.
public final class EntityId implements Comparable<EntityId> {
  private static final char SEPARATOR = '~';
  private static final char ESCAPE = '=';
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final String type;
  private final List<String> values;
  private final String text;

  private EntityId(String type, List<String> values, String text) {
    this.type = type;
    this.values = values;
    this.text = text;
  }

  /// The id of the entity of this type that these values identify.
  ///
  /// @param type such as `k8s.pod`; made of the characters that need no escape, never empty
  /// @param values at least one identifying value; a value may be empty
  public static EntityId of(String type, String... values) {
    return of(type, List.of(values));
  }

  /// The id of the entity of this type that these values identify; see [#of(String, String...)].
  public static EntityId of(String type, List<String> values) {
    requireNonNull(type, "type");
    List<String> copy = List.copyOf(values);
    if (type.isEmpty() || !type.chars().allMatch(c -> isPlain((char) c))) {
      throw new IllegalArgumentException("not an entity type: '" + type + "'");
    }
    if (copy.isEmpty()) {
      throw new IllegalArgumentException(type + " needs at least one identifying value");
    }
    StringBuilder text = new StringBuilder(type.length() + 16 * copy.size()).append(type);
    for (String value : copy) {
      escape(value, text.append(SEPARATOR));
    }
    return new EntityId(type, copy, text.toString());
  }

  /// Reads the text form.
  ///
  /// @throws IllegalArgumentException when `text` is not exactly what [#toString] could have
  ///   written; the message names the position
  public static EntityId parse(String text) {
    int end = text.indexOf(SEPARATOR);
    if (end < 0) {
      throw new IllegalArgumentException("no '" + SEPARATOR + "' in entity id '" + text + "'");
    }
    String type = text.substring(0, end);
    List<String> values = new ArrayList<>();
    while (end < text.length()) {
      int start = end + 1;
      end = text.indexOf(SEPARATOR, start);
      if (end < 0) {
        end = text.length();
      }
      values.add(unescape(text, start, end));
    }
    return of(type, values);
  }

  public String type() {
    return type;
  }

  public List<String> values() {
    return values;
  }

  /// The `index`th identifying value.
  public String value(int index) {
    return values.get(index);
  }

  public boolean isOf(String entityType) {
    return type.equals(entityType);
  }

  @Override
  public int compareTo(EntityId other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof EntityId id && text.equals(id.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static void escape(String value, StringBuilder text) {
    for (byte b : value.getBytes(UTF_8)) {
      if (isPlain((char) b)) {
        text.append((char) b);
      } else {
        text.append(ESCAPE);
        HEX.toHexDigits(text, b);
      }
    }
  }

  private static String unescape(String text, int start, int end) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        bytes.write(c);
        continue;
      }
      if (c != ESCAPE || i + 2 >= end) {
        throw malformed(text, i);
      }
      int b = hexValue(text, i + 1) << 4 | hexValue(text, i + 2);
      if (isPlain((char) b)) {
        throw malformed(text, i); // a second spelling of the same id would be a second entity
      }
      bytes.write(b);
      i += 2;
    }
    String value = bytes.toString(UTF_8);
    if (value.getBytes(UTF_8).length != bytes.size()) {
      throw malformed(text, start); // the bytes were not UTF-8
    }
    return value;
  }

  private static int hexValue(String text, int index) {
    char c = text.charAt(index);
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
      return c - 'A' + 10;
    }
    throw malformed(text, index);
  }

  private static IllegalArgumentException malformed(String text, int index) {
    return new IllegalArgumentException(
        "malformed entity id at character " + index + ": '" + text + "'");
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
