package dev.otelscope.probe.kernel.bpf.btf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Describes types of the probe's own in the kernel's format, which some maps ask for.
public final class BtfWriter {
  /*
   * Layout as TypeTable reads it. Numbers of types count from 1, in the order in which they are added.
   */
  private static final int HEADER = 24;
  private static final int SIGNED = 1 << 24;

  private final ByteArrayOutputStream types = new ByteArrayOutputStream();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private int count;

  public BtfWriter() {
    names.write(0); // offset 0 is the empty name
  }

  /// Adds an integer.
  ///
  /// @param size in bytes
  /// @return the number of the type
  public int integer(String name, int size, boolean signed) {
    return add(name, Kind.INT, 0, size, (signed ? SIGNED : 0) | 8 * size);
  }

  /// Adds a structure of 64-bit words.
  ///
  /// @param member type of each, of eight bytes
  /// @return the number of the type
  public int words(String name, int member, String... fields) {
    int[] members = new int[3 * fields.length];
    for (int i = 0; i < fields.length; i++) {
      members[3 * i] = name(fields[i]);
      members[3 * i + 1] = member;
      members[3 * i + 2] = 64 * i;
    }
    return add(name, Kind.STRUCT, fields.length, Long.BYTES * fields.length, members);
  }

  /// Everything, as the kernel takes it.
  public byte[] bytes() {
    byte[] typeBytes = types.toByteArray();
    byte[] nameBytes = names.toByteArray();
    return ByteBuffer.allocate(HEADER + typeBytes.length + nameBytes.length)
        .order(ByteOrder.nativeOrder())
        .putShort((short) 0xEB9F)
        .put((byte) 1)
        .put((byte) 0)
        .putInt(HEADER)
        .putInt(0)
        .putInt(typeBytes.length)
        .putInt(typeBytes.length)
        .putInt(nameBytes.length)
        .put(typeBytes)
        .put(nameBytes)
        .array();
  }

  private int add(String name, Kind kind, int members, int size, int... trailer) {
    ByteBuffer type =
        ByteBuffer.allocate(TypeTable.MEMBERS + Integer.BYTES * trailer.length)
            .order(ByteOrder.nativeOrder())
            .putInt(name(name))
            .putInt(kind.number() << 24 | members)
            .putInt(size);
    for (int word : trailer) {
      type.putInt(word);
    }
    types.writeBytes(type.array());
    return ++count;
  }

  private int name(String name) {
    int offset = names.size();
    names.writeBytes(name.getBytes(UTF_8));
    names.write(0);
    return offset;
  }
}
