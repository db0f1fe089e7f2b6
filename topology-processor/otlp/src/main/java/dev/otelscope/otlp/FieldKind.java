package dev.otelscope.otlp;

/// The type of a field's values, by protobuf's names where those say it all.
enum FieldKind {
  INT32(WireReader.VARINT),
  INT64(WireReader.VARINT),
  UINT32(WireReader.VARINT),
  UINT64(WireReader.VARINT),
  /// Zigzag
  SINT32(WireReader.VARINT),
  BOOL(WireReader.VARINT),
  ENUM(WireReader.VARINT),
  FIXED32(WireReader.FIXED32),
  FIXED64(WireReader.FIXED64),
  SFIXED64(WireReader.FIXED64),
  DOUBLE(WireReader.FIXED64),
  STRING(WireReader.LENGTH),
  BYTES(WireReader.LENGTH),
  /// Bytes that OTLP writes in hexadecimal in JSON: trace and span ids.
  ID(WireReader.LENGTH),
  MESSAGE(WireReader.LENGTH);

  private final int wireType;

  FieldKind(int wireType) {
    this.wireType = wireType;
  }

  int wireType() {
    return wireType;
  }

  /// Whether several values may stand behind one tag.
  boolean isPackable() {
    return wireType != WireReader.LENGTH;
  }
}
