package dev.otelscope.model;

import java.util.List;
import java.util.stream.Collectors;

/// The value of a descriptive attribute, with the type that OTLP gave it.
public sealed interface AttributeValue {

  record Text(String value) implements AttributeValue {
    @Override
    public String toString() {
      return value;
    }
  }

  record Whole(long value) implements AttributeValue {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  record Decimal(double value) implements AttributeValue {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  record Truth(boolean value) implements AttributeValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Listing(List<AttributeValue> values) implements AttributeValue {
    public Listing {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
  }

  static AttributeValue of(String value) {
    return new Text(value);
  }

  static AttributeValue of(long value) {
    return new Whole(value);
  }

  static AttributeValue of(double value) {
    return new Decimal(value);
  }

  static AttributeValue of(boolean value) {
    return new Truth(value);
  }

  static AttributeValue of(List<String> values) {
    return new Listing(values.stream().map(AttributeValue::of).toList());
  }
}
