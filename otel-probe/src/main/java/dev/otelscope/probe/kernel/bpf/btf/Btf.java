package dev.otelscope.probe.kernel.bpf.btf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kernel's description of its own types. Opened at the start, asked for everything that the
/// programs need, and closed: it holds several megabytes outside of the heap.
///
/// A name asked for the first time costs a walk over all types, a millisecond. Not thread-safe.
public final class Btf implements AutoCloseable {
  /*
   * Chains of typedef, const and the like, and structures inside structures, are a few deep. Both are
   * bounded, so that types which refer to each other in a circle are an error and no endless loop.
   */
  private static final int DEEPEST = 32;

  private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");
  private static final int VOID = 0;

  private final Arena memory;
  private final TypeTable types;
  private final Map<Wanted, Integer> found = new HashMap<>();

  private Btf(Arena memory, ByteBuffer bytes) throws MalformedBtfException {
    this.memory = memory;
    this.types = new TypeTable(bytes);
  }

  /// Reads what the running kernel says.
  ///
  /// @throws IOException when it says nothing, or something that is not documented
  public static Btf ofKernel() throws IOException {
    return read(KERNEL);
  }

  static Btf read(Path file) throws IOException {
    Arena memory = Arena.ofConfined();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = memory.allocate(channel.size(), Long.BYTES).asByteBuffer();
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // until all of it is there
      }
      return new Btf(memory, bytes.flip());
    } catch (NoSuchFileException e) {
      memory.close();
      throw new KernelException(
          "open(" + file + ")",
          Errno.ENOENT,
          "the kernel needs CONFIG_DEBUG_INFO_BTF, and the probe needs /sys");
    } catch (IOException | RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /// Number of a structure's type, which programs are attached by.
  public int structure(String name) throws IOException {
    return find(Kind.STRUCT, "struct", name);
  }

  /// Number of the type of a raw tracepoint, such as `inet_sock_set_state`.
  public int tracepoint(String name) throws IOException {
    return find(Kind.TYPEDEF, "tracepoint", "btf_trace_" + name);
  }

  /// Number of a function.
  public int function(String name) throws IOException {
    return find(Kind.FUNCTION, "function", name);
  }

  /// How many arguments a function takes.
  public int parameters(String function) throws IOException {
    int place = types.place(function(function));
    return types.membersAt(types.place(types.intAt(place + TypeTable.REFERENCE)));
  }

  /// The value of an enum's constant.
  public int constant(String enumeration, String name) throws IOException {
    int place = types.place(find(Kind.ENUM, "enum", enumeration));
    byte[] wanted = name.getBytes(UTF_8);
    for (int i = 0; i < types.membersAt(place); i++) {
      int member = place + TypeTable.MEMBERS + 8 * i;
      if (types.isNamed(types.intAt(member), wanted)) {
        return types.intAt(member + 4);
      }
    }
    throw new MissingTypeException("constant " + name + " in enum " + enumeration);
  }

  /// Size of a structure in bytes.
  public int sizeOf(String structure) throws IOException {
    return types.intAt(types.place(structure(structure)) + TypeTable.REFERENCE);
  }

  /// Offset of a field in bytes; see [#field].
  public int offsetOf(String structure, String path) throws IOException {
    return field(structure, path).offset();
  }

  /// Whether there is such a field; see [#field].
  public boolean has(String structure, String path) throws IOException {
    try {
      field(structure, path);
      return true;
    } catch (MissingTypeException e) {
      return false;
    }
  }

  /// Where a field is.
  ///
  /// @param path names with dots between, such as `__sk_common.skc_daddr`; members without a name
  ///   are looked into; an array's element is `name[2]`
  /// @throws MissingTypeException when a part of it does not exist, which the message names
  /// @throws MalformedBtfException when the types make no sense
  public Field field(String structure, String path) throws IOException {
    Place place = walk(structure, path);
    return new Field(place.offset(), size(place.type()));
  }

  private Place walk(String structure, String path) throws IOException {
    int type = structure(structure);
    int offset = 0;
    String place = "struct " + structure;
    for (String step : path.split("\\.", -1)) {
      int bracket = step.indexOf('[');
      String name = bracket < 0 ? step : step.substring(0, bracket);
      Member member = member(type, name.getBytes(UTF_8), 0);
      if (member == null) {
        throw new MissingTypeException("field " + name + " in " + place + " (" + path + ")");
      }
      if (member.bits() % 8 != 0 || member.bitSize() != 0) {
        throw new MissingTypeException(
            "field " + name + " in " + place + " with bytes of its own: it is a bit field");
      }
      type = strip(member.type());
      offset += member.bits() / 8;
      if (bracket >= 0) {
        int array = arrayPlace(type, step, place);
        type = strip(types.intAt(array + TypeTable.MEMBERS));
        offset += indexOf(step, bracket) * size(type);
      }
      place += "." + step;
    }
    return new Place(type, offset);
  }

  /// Which bit of a structure a flag is: a bit field of size one, without dots in its way. Counts
  /// as a little-endian machine does: bit 8 is the lowest of the second byte.
  public int bitOf(String structure, String path) throws IOException {
    int dot = path.lastIndexOf('.');
    Place base =
        dot < 0 ? new Place(structure(structure), 0) : walk(structure, path.substring(0, dot));
    Member member = member(base.type(), path.substring(dot + 1).getBytes(UTF_8), 0);
    if (member == null || member.bitSize() != 1) {
      throw new MissingTypeException("flag " + path + " in struct " + structure);
    }
    return 8 * base.offset() + member.bits();
  }

  /// Gives the memory back. What was answered stays right.
  @Override
  public void close() {
    memory.close();
  }

  private record Wanted(Kind kind, String name) {}

  private int find(Kind kind, String what, String name) throws MissingTypeException {
    int id = found.computeIfAbsent(new Wanted(kind, name), wanted -> types.find(kind, name));
    if (id == 0) {
      throw new MissingTypeException(what + " " + name);
    }
    return id;
  }

  /// A type inside of a structure.
  private record Place(int type, int offset) {}

  /// @param bits from the beginning of the structure
  /// @param bitSize of a bit field, else 0
  private record Member(int type, int bits, int bitSize) {}

  private @Nullable Member member(int type, byte[] name, int depth) throws MalformedBtfException {
    if (type == VOID) {
      return null;
    }
    int place = types.place(type);
    Kind kind = types.kindAt(place);
    if (kind != Kind.STRUCT && kind != Kind.UNION) {
      return null;
    }
    if (depth > DEEPEST) {
      throw new MalformedBtfException("structures at most " + DEEPEST + " deep", place);
    }
    boolean bitFields = types.flagAt(place);
    for (int i = 0; i < types.membersAt(place); i++) {
      int at = place + TypeTable.MEMBERS + 12 * i;
      int bits = bitFields ? types.intAt(at + 8) & 0xFF_FFFF : types.intAt(at + 8);
      int memberType = types.intAt(at + 4);
      if (types.isNamed(types.intAt(at), name)) {
        return new Member(memberType, bits, bitFields ? types.intAt(at + 8) >>> 24 : 0);
      }
      if (types.isNamed(types.intAt(at), new byte[0])) {
        Member inner = member(strip(memberType), name, depth + 1);
        if (inner != null) {
          return new Member(inner.type(), bits + inner.bits(), inner.bitSize());
        }
      }
    }
    return null;
  }

  private int arrayPlace(int type, String step, String place) throws IOException {
    if (type == VOID || types.kindAt(types.place(type)) != Kind.ARRAY) {
      throw new MissingTypeException("array " + step + " in " + place);
    }
    return types.place(type);
  }

  private static int indexOf(String step, int bracket) {
    return Integer.parseInt(step.substring(bracket + 1, step.length() - 1));
  }

  /// The type without names and qualifiers.
  private int strip(int type) throws MalformedBtfException {
    int stripped = type;
    for (int i = 0; i < DEEPEST; i++) {
      if (stripped == VOID) {
        return VOID;
      }
      int place = types.place(stripped);
      switch (types.kindAt(place)) {
        case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG ->
            stripped = types.intAt(place + TypeTable.REFERENCE);
        case VOID,
            INT,
            POINTER,
            ARRAY,
            STRUCT,
            UNION,
            ENUM,
            FORWARD,
            FUNCTION,
            FUNCTION_PROTOTYPE,
            VARIABLE,
            DATA_SECTION,
            FLOAT,
            DECLARATION_TAG,
            ENUM64 -> {
          return stripped;
        }
      }
    }
    throw new MalformedBtfException(
        "a type within " + DEEPEST + " names of it", types.place(stripped));
  }

  private int size(int type) throws MalformedBtfException {
    int stripped = type;
    int count = 1;
    for (int i = 0; i < DEEPEST; i++) {
      stripped = strip(stripped);
      if (stripped == VOID) {
        return 0;
      }
      int place = types.place(stripped);
      switch (types.kindAt(place)) {
        case POINTER -> {
          return count * Long.BYTES;
        }
        case ARRAY -> {
          stripped = types.intAt(place + TypeTable.MEMBERS);
          count *= types.intAt(place + TypeTable.MEMBERS + 8);
        }
        case INT, STRUCT, UNION, ENUM, FLOAT, ENUM64, DATA_SECTION -> {
          return count * types.intAt(place + TypeTable.REFERENCE);
        }
        case VOID,
            FORWARD,
            TYPEDEF,
            VOLATILE,
            CONST,
            RESTRICT,
            FUNCTION,
            FUNCTION_PROTOTYPE,
            VARIABLE,
            DECLARATION_TAG,
            TYPE_TAG -> {
          return 0;
        }
      }
    }
    throw new MalformedBtfException("arrays at most " + DEEPEST + " deep", types.place(stripped));
  }
}
