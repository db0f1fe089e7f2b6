package dev.otelscope.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.otlp.AttributesView.ValueType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An `AnyValue` as a tree of objects: for lists, maps and bytes, which no hot path looks into.
///
/// Of several occurrences of a value the last one counts; lists and maps that follow each other are
/// joined, as protobuf joins messages.
final class ValueTree {
  private static final JsonFactory JSON = new JsonFactory();

  private ValueType type = ValueType.EMPTY;
  private String text = "";
  private long number;
  private byte[] bytes = new byte[0];
  private final List<ValueTree> items = new ArrayList<>();
  private final Map<String, ValueTree> entries = new LinkedHashMap<>();

  private ValueTree() {}

  /// The value of a `KeyValue` that was found well formed.
  static ValueTree ofPair(byte[] source, int offset, int length) {
    WireReader in = new WireReader();
    in.reset(source, offset, length);
    try {
      Entry entry = new Entry();
      entry.read(in);
      return entry.value;
    } catch (MalformedOtlpException e) {
      throw new IllegalStateException("the message changed while it was read", e);
    }
  }

  /// The `AnyValue` behind this tag of a message that was found well formed.
  static ValueTree ofField(byte[] source, int offset, int length, int tag) {
    WireReader in = new WireReader();
    in.reset(source, offset, length);
    ValueTree value = new ValueTree();
    try {
      while (in.hasMore()) {
        int next = in.tag();
        if (next == tag) {
          int outer = in.enter();
          value.read(in);
          in.leave(outer);
        } else {
          in.skip(next);
        }
      }
    } catch (MalformedOtlpException e) {
      throw new IllegalStateException("the message changed while it was read", e);
    }
    return value;
  }

  AttributeValue value() {
    return switch (type) {
      case TEXT -> AttributeValue.of(text);
      case WHOLE -> AttributeValue.of(number);
      case DECIMAL -> AttributeValue.of(Double.longBitsToDouble(number));
      case TRUTH -> AttributeValue.of(number != 0);
      case EMPTY -> AttributeValue.of("");
      case BYTES -> AttributeValue.of(Base64.getEncoder().encodeToString(bytes));
      case LISTING -> new AttributeValue.Listing(items.stream().map(ValueTree::value).toList());
      case MAP -> AttributeValue.of(json());
    };
  }

  private String json() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string does not fail", e);
    }
    return out.toString();
  }

  private void write(JsonGenerator json) throws IOException {
    switch (type) {
      case TEXT -> json.writeString(text);
      case WHOLE -> json.writeNumber(number);
      case DECIMAL -> json.writeNumber(Double.longBitsToDouble(number));
      case TRUTH -> json.writeBoolean(number != 0);
      case EMPTY -> json.writeNull();
      case BYTES -> json.writeBinary(bytes);
      case LISTING -> {
        json.writeStartArray();
        for (ValueTree item : items) {
          item.write(json);
        }
        json.writeEndArray();
      }
      case MAP -> {
        json.writeStartObject();
        for (Map.Entry<String, ValueTree> entry : entries.entrySet()) {
          json.writeFieldName(entry.getKey());
          entry.getValue().write(json);
        }
        json.writeEndObject();
      }
    }
  }

  /// Reads the `AnyValue` that the reader is in.
  private void read(WireReader in) throws MalformedOtlpException {
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag >>> 3) {
        case 1 -> {
          become(ValueType.TEXT);
          text = new String(readBytes(in), StandardCharsets.UTF_8);
        }
        case 2 -> number(ValueType.TRUTH, in.varint());
        case 3 -> number(ValueType.WHOLE, in.varint());
        case 4 -> number(ValueType.DECIMAL, in.fixed64());
        case 5 -> {
          become(ValueType.LISTING);
          readItems(in);
        }
        case 6 -> {
          become(ValueType.MAP);
          readEntries(in);
        }
        case 7 -> {
          become(ValueType.BYTES);
          bytes = readBytes(in);
        }
        case 8 -> number(ValueType.EMPTY, in.varint());
        default -> in.skip(tag);
      }
    }
  }

  private void number(ValueType numberType, long bits) {
    become(numberType);
    number = bits;
  }

  private void become(ValueType next) {
    if (type != next) {
      type = next;
      items.clear();
      entries.clear();
    }
  }

  private void readItems(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag >>> 3 == 1) {
        ValueTree item = new ValueTree();
        int list = in.enter();
        item.read(in);
        in.leave(list);
        items.add(item);
      } else {
        in.skip(tag);
      }
    }
    in.leave(outer);
  }

  private void readEntries(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag >>> 3 == 1) {
        Entry entry = new Entry();
        int map = in.enter();
        entry.read(in);
        in.leave(map);
        entries.put(entry.key, entry.value);
      } else {
        in.skip(tag);
      }
    }
    in.leave(outer);
  }

  private static byte[] readBytes(WireReader in) throws MalformedOtlpException {
    int length = in.length();
    int from = in.position();
    in.advance(length);
    return Arrays.copyOfRange(in.bytes(), from, from + length);
  }

  /// A `KeyValue`.
  private static final class Entry {
    private String key = "";
    private final ValueTree value = new ValueTree();

    private void read(WireReader in) throws MalformedOtlpException {
      while (in.hasMore()) {
        int tag = in.tag();
        switch (tag >>> 3) {
          case 1 -> key = new String(readBytes(in), StandardCharsets.UTF_8);
          case 2 -> {
            int outer = in.enter();
            value.read(in);
            in.leave(outer);
          }
          default -> in.skip(tag);
        }
      }
    }
  }
}
