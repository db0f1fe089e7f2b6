package dev.otelscope.probe.kernel.bpf.btf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// All types, read in place: nothing is made of them until somebody asks. Not thread-safe.
final class TypeTable {
  /*
   * Layout
   *   header: 0 u16 magic 0xeB9F, 2 u8 version, 4 u32 length of the header, then from its end:
   *           8 u32 offset and 12 u32 length of the types, 16 u32 offset and 20 u32 length of the names
   *   type:   0 u32 name, 4 u32 info (16 bits members, kind in bits 24 to 28, flag in bit 31),
   *           8 u32 size or type, then what its Kind says
   * Types have different lengths and count from 1 (0 is void), so the place of one follows from all
   * before it. Keeping every place would take half a megabyte; every STRIDE-th is kept.
   *
   * All bounds are checked once, in the constructor; after that every type and its members lie inside
   * the buffer. Names and references to types are checked when they are followed.
   */
  static final int NAME = 0;
  static final int REFERENCE = 8;
  static final int MEMBERS = 12;

  private static final int MAGIC = 0xEB9F;
  private static final int HEADER = 24;
  private static final int STRIDE = 64;

  private final ByteBuffer bytes;
  private final int names;
  private final int namesEnd;
  private int[] places = new int[1024];
  private int count = 1;

  /// @param bytes stays the caller's; must not change while this is used
  TypeTable(ByteBuffer bytes) throws MalformedBtfException {
    this.bytes = bytes.slice().order(ByteOrder.nativeOrder());
    int size = this.bytes.limit();
    if (size < HEADER) {
      throw new MalformedBtfException("a header of 24 bytes, not " + size + " bytes in all", 0);
    }
    int magic = Short.toUnsignedInt(this.bytes.getShort(0));
    if (magic != MAGIC) {
      throw new MalformedBtfException(
          "0xeb9f in this machine's byte order, not 0x" + Integer.toHexString(magic), 0);
    }
    if (this.bytes.get(2) != 1) {
      throw new MalformedBtfException("version 1, not " + this.bytes.get(2), 2);
    }
    long base = Integer.toUnsignedLong(this.bytes.getInt(4));
    int first = section(base, 8, size, "types");
    int end = first + this.bytes.getInt(12);
    names = section(base, 16, size, "names");
    namesEnd = names + this.bytes.getInt(20);
    if (namesEnd == names || this.bytes.get(namesEnd - 1) != 0) {
      throw new MalformedBtfException("a zero byte at the end of the names", namesEnd - 1);
    }
    index(first, end);
  }

  /// How many types there are, void included.
  int count() {
    return count;
  }

  /// Where a type is.
  int place(int id) throws MalformedBtfException {
    if (id <= 0 || id >= count) {
      throw new MalformedBtfException("a type number from 1 to " + (count - 1) + ", not " + id, 0);
    }
    int place = places[(id - 1) / STRIDE];
    for (int skip = (id - 1) % STRIDE; skip > 0; skip--) {
      place = next(place);
    }
    return place;
  }

  /// The first type of the kind with this name, 0 when there is none.
  int find(Kind kind, String name) {
    byte[] wanted = name.getBytes(UTF_8);
    int place = places[0];
    for (int id = 1; id < count; id++) {
      if (kindAt(place) == kind && isNamed(bytes.getInt(place + NAME), wanted)) {
        return id;
      }
      place = next(place);
    }
    return 0;
  }

  Kind kindAt(int place) {
    return Kind.of(bytes.getInt(place + 4) >>> 24 & 0x1F);
  }

  int membersAt(int place) {
    return bytes.getInt(place + 4) & 0xFFFF;
  }

  /// Bit 31 of the info: what it means depends on the kind.
  boolean flagAt(int place) {
    return bytes.getInt(place + 4) < 0;
  }

  int intAt(int offset) {
    return bytes.getInt(offset);
  }

  /// Whether the name is this one.
  boolean isNamed(int name, byte[] wanted) {
    int from = names + name;
    if (name < 0 || wanted.length >= namesEnd - from || from > namesEnd) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes.get(from + i) != wanted[i]) {
        return false;
      }
    }
    return bytes.get(from + wanted.length) == 0;
  }

  private int section(long base, int field, int size, String what) throws MalformedBtfException {
    long from = base + Integer.toUnsignedLong(bytes.getInt(field));
    long length = Integer.toUnsignedLong(bytes.getInt(field + 4));
    if (from < HEADER || from + length > size) {
      throw new MalformedBtfException(
          "room for " + length + " bytes of " + what + " from " + from + " in all " + size, field);
    }
    return (int) from;
  }

  private void index(int first, int end) throws MalformedBtfException {
    int place = first;
    while (place < end) {
      if (end - place < MEMBERS) {
        throw new MalformedBtfException("a type of at least 12 bytes", place);
      }
      int kind = bytes.getInt(place + 4) >>> 24 & 0x1F;
      if (kind == 0 || kind >= Kind.count()) {
        throw new MalformedBtfException("a known kind of type, not " + kind, place + 4);
      }
      int length = MEMBERS + Kind.of(kind).trailer(membersAt(place));
      if (length > end - place) {
        throw new MalformedBtfException("a " + Kind.of(kind) + " of " + length + " bytes", place);
      }
      if ((count - 1) % STRIDE == 0) {
        keep((count - 1) / STRIDE, place);
      }
      place += length;
      count++;
    }
  }

  private void keep(int index, int place) {
    if (index == places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    places[index] = place;
  }

  private int next(int place) {
    return place + MEMBERS + kindAt(place).trailer(membersAt(place));
  }
}
