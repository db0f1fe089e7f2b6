package dev.otelscope.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes messages as protobuf allows it but no usual writer does: fields in any order, said
/// several times, messages in pieces, arrays without packing, unknown fields between.
final class UnusualWire {
  private final Random random;

  UnusualWire(Random random) {
    this.random = random;
  }

  byte[] write(Message message) {
    return join(pieces(message));
  }

  private List<byte[]> pieces(Message message) {
    List<byte[]> pieces = new ArrayList<>();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      if (field.isRepeated()) {
        writeAll(field, (List<?>) entry.getValue(), pieces);
      } else {
        switch (random.nextInt(8)) {
          case 0 -> {
            writeAnother(field, message, pieces);
            writeOne(field, entry.getValue(), pieces);
          }
          case 1 -> writeHalves(field, entry.getValue(), pieces);
          default -> writeOne(field, entry.getValue(), pieces);
        }
      }
    }
    if (random.nextInt(4) == 0) {
      pieces.add(unknown());
    }
    if (random.nextBoolean()) {
      Collections.shuffle(pieces, random);
    }
    return pieces;
  }

  private static byte[] join(List<byte[]> pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private void writeAll(FieldDescriptor field, List<?> values, List<byte[]> pieces) {
    if (field.isPackable() && random.nextBoolean()) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      for (Object value : values) {
        packed.writeBytes(write(out -> writeValue(out, field, value)));
      }
      pieces.add(write(out -> out.writeByteArray(field.getNumber(), packed.toByteArray())));
    } else {
      values.forEach(value -> writeOne(field, value, pieces));
    }
  }

  /// The field with another value, or another member of its oneof; which one counts depends on the
  /// order.
  private void writeAnother(FieldDescriptor field, Message message, List<byte[]> pieces) {
    List<FieldDescriptor> members =
        field.getContainingOneof() == null
            ? List.of(field)
            : field.getContainingOneof().getFields();
    FieldDescriptor other = members.get(random.nextInt(members.size()));
    Object value =
        other.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            ? message.newBuilderForType().newBuilderForField(other).build()
            : other.getDefaultValue();
    writeOne(other, value, pieces);
  }

  /// A message that readers have to join from two occurrences of the field.
  private void writeHalves(FieldDescriptor field, Object value, List<byte[]> pieces) {
    if (value instanceof Message nested) {
      List<byte[]> all = pieces(nested);
      int middle = random.nextInt(all.size() + 1);
      for (List<byte[]> half : List.of(all.subList(0, middle), all.subList(middle, all.size()))) {
        pieces.add(write(out -> out.writeByteArray(field.getNumber(), join(half))));
      }
    } else {
      writeOne(field, value, pieces);
    }
  }

  private void writeOne(FieldDescriptor field, Object value, List<byte[]> pieces) {
    if (value instanceof Message nested) {
      byte[] body = write(nested);
      pieces.add(write(out -> out.writeByteArray(field.getNumber(), body)));
    } else {
      pieces.add(
          write(out -> {
            out.writeTag(field.getNumber(), field.getLiteType().getWireType());
            writeValue(out, field, value);
          }));
    }
  }

  private static void writeValue(CodedOutputStream out, FieldDescriptor field, Object value)
      throws IOException {
    switch (field.getType()) {
      case DOUBLE -> out.writeDoubleNoTag((Double) value);
      case FIXED64, SFIXED64 -> out.writeFixed64NoTag((Long) value);
      case INT64, UINT64 -> out.writeUInt64NoTag((Long) value);
      case INT32 -> out.writeInt32NoTag((Integer) value);
      case UINT32 -> out.writeUInt32NoTag((Integer) value);
      case SINT32 -> out.writeSInt32NoTag((Integer) value);
      case BOOL -> out.writeBoolNoTag((Boolean) value);
      case ENUM -> out.writeEnumNoTag(((EnumValueDescriptor) value).getNumber());
      case STRING -> out.writeStringNoTag((String) value);
      case FIXED32 -> out.writeFixed32NoTag((Integer) value);
      case BYTES -> out.writeBytesNoTag((ByteString) value);
      default -> throw new IllegalArgumentException("requests have no " + field.getType());
    }
  }

  private byte[] unknown() {
    UnknownFieldSet.Field value =
        switch (random.nextInt(4)) {
          case 0 -> UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build();
          case 1 -> UnknownFieldSet.Field.newBuilder().addFixed32(random.nextInt()).build();
          case 2 -> UnknownFieldSet.Field.newBuilder().addFixed64(random.nextLong()).build();
          default ->
              UnknownFieldSet.Field.newBuilder()
                  .addLengthDelimited(ByteString.copyFromUtf8("unknown"))
                  .build();
        };
    int number = random.nextBoolean() ? 100 + random.nextInt(100) : (1 << 29) - 1;
    return UnknownFieldSet.newBuilder().addField(number, value).build().toByteArray();
  }

  private static byte[] write(Writing writing) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      writing.to(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }
}
