package dev.otelscope.otlp;

/// How the value of a field is written, on the wire and in JSON.
enum FieldKind {
  /// `int32`, `int64`, `uint32`, `uint64`
  INTEGER(WireReader.VARINT),
  /// `sint32`: zigzag
  SIGNED(WireReader.VARINT),
  BOOL(WireReader.VARINT),
  ENUM(WireReader.VARINT),
  FIXED32(WireReader.FIXED32),
  /// `fixed64` and `sfixed64`
  FIXED64(WireReader.FIXED64),
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
