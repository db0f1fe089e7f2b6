package dev.otelscope.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a protobuf message of a type may consist of. Types refer to each other in circles, hence
/// they are filled after they are made, by [OtlpSchema] alone, and never changed again.
final class MessageType {

  /// @param message the type of a [FieldKind#MESSAGE], null of any other kind
  /// @param names names of a [FieldKind#ENUM]'s numbers, counted from 0; empty for any other kind
  record Field(
      int number,
      String name,
      FieldKind kind,
      boolean isRepeated,
      @Nullable MessageType message,
      List<String> names) {

    /// The tag that stands before a value that is not packed.
    int tag() {
      return number << 3 | kind.wireType();
    }
  }

  private final String name;
  private final boolean isRecord;
  private final boolean nests;
  private final Map<String, Field> byName = new HashMap<>();
  private @Nullable Field[] byNumber = new @Nullable Field[0];

  private MessageType(String name, boolean isRecord, boolean nests) {
    this.name = name;
    this.isRecord = isRecord;
    this.nests = nests;
  }

  static MessageType named(String name) {
    return new MessageType(name, false, false);
  }

  /// A type whose messages are what receivers count: data points, log records, spans.
  static MessageType recordNamed(String name) {
    return new MessageType(name, true, false);
  }

  /// A type whose messages may stand, at some depth, in a message of the same type.
  static MessageType nestingNamed(String name) {
    return new MessageType(name, false, true);
  }

  String name() {
    return name;
  }

  boolean isRecord() {
    return isRecord;
  }

  boolean nests() {
    return nests;
  }

  /// The field with this number, null when the type has none.
  @Nullable Field field(int number) {
    return number < byNumber.length ? byNumber[number] : null;
  }

  /// The field with this JSON name, in lower camel case or as the `.proto` file spells it; null
  /// when the type has none.
  @Nullable Field field(String jsonName) {
    return byName.get(jsonName);
  }

  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (Field field : byNumber) {
      if (field != null) {
        fields.add(field);
      }
    }
    return Collections.unmodifiableList(fields);
  }

  MessageType one(int number, String fieldName, FieldKind kind) {
    return add(new Field(number, fieldName, kind, false, null, List.of()));
  }

  MessageType many(int number, String fieldName, FieldKind kind) {
    return add(new Field(number, fieldName, kind, true, null, List.of()));
  }

  MessageType one(int number, String fieldName, MessageType message) {
    return add(new Field(number, fieldName, FieldKind.MESSAGE, false, message, List.of()));
  }

  MessageType many(int number, String fieldName, MessageType message) {
    return add(new Field(number, fieldName, FieldKind.MESSAGE, true, message, List.of()));
  }

  MessageType one(int number, String fieldName, List<String> enumNames) {
    return add(new Field(number, fieldName, FieldKind.ENUM, false, null, enumNames));
  }

  private MessageType add(Field field) {
    if (field.number() >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, field.number() + 1);
    }
    byNumber[field.number()] = field;
    byName.put(field.name(), field);
    byName.put(lowerCamel(field.name()), field);
    return this;
  }

  private static String lowerCamel(String snake) {
    StringBuilder camel = new StringBuilder(snake.length());
    for (int i = 0; i < snake.length(); i++) {
      char c = snake.charAt(i);
      camel.append(c == '_' ? Character.toUpperCase(snake.charAt(++i)) : c);
    }
    return camel.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}
