package dev.otelscope.probe.kernel.bpf.assembly;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes one program, in the order in which it is called.
///
/// ```
/// new ProgramBuilder("tcp_only")
///     .load(U16, R2, R1.at(protocol))
///     .jumpIf(R2, NOT_EQUAL, 6, "out")
///     …
///     .label("out")
///     .move(R0, 0)
///     .exit()
///     .build();
/// ```
///
/// Mistakes that can be seen here are [AssemblyException]s that name the instruction; the kernel's
/// verifier sees the others. Not thread-safe.
public final class ProgramBuilder {
  /*
   * Layout of an instruction (instruction-set.rst, "Basic instruction encoding"), as one word of
   * a little-endian machine
   *   0 u8 opcode   8 u4 destination   12 u4 source   16 s16 offset   32 s32 immediate
   * A wide one (a load of 64 bits) is followed by a second word with the upper half in the place of
   * the immediate. A jump's offset counts words from the next instruction.
   */
  private static final int CLASS_LD = 0x00;
  private static final int CLASS_LDX = 0x01;
  private static final int CLASS_ST = 0x02;
  private static final int CLASS_STX = 0x03;
  private static final int CLASS_ALU = 0x04;
  private static final int CLASS_JMP = 0x05;
  private static final int CLASS_ALU64 = 0x07;
  private static final int FROM_REGISTER = 0x08;
  private static final int MODE_MEM = 0x60;
  private static final int MODE_ATOMIC = 0xc0;
  private static final int OP_NEG = 0x80;
  private static final int OP_MOV = 0xb0;
  private static final int OP_END = 0xd0;
  private static final int TO_BIG_ENDIAN = 0x08;
  private static final int OP_CALL = 0x80;
  private static final int OP_EXIT = 0x90;
  private static final int SOURCE_MAP_FD = 1;
  private static final int ATOMIC_ADD = 0x00;
  private static final int ATOMIC_OR = 0x40;
  private static final int ATOMIC_FETCH = 0x01;
  private static final int ATOMIC_COMPARE_EXCHANGE = 0xf0 | ATOMIC_FETCH;

  private static final int STACK = 512;

  private record Jump(int from, String label) {}

  private final String name;
  private final List<Long> words = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<String, StackSlot> slots = new HashMap<>();
  private final List<Jump> jumps = new ArrayList<>();
  private int stackUsed;
  private int made;

  /// @param name as in [Program]
  public ProgramBuilder(String name) {
    this.name = requireNonNull(name, "name");
  }

  /// Sets aside a part of the stack frame, aligned to eight bytes.
  public StackSlot slot(String slotName, int size) {
    int used = stackUsed + (size + 7 & ~7);
    if (used > STACK) {
      throw new AssemblyException(
          "no room for slot '"
              + slotName
              + "' of "
              + size
              + " bytes: "
              + stackUsed
              + " of "
              + STACK
              + " bytes of stack are taken");
    }
    StackSlot slot = new StackSlot(slotName, -used, size);
    if (slots.putIfAbsent(slotName, slot) != null) {
      throw new AssemblyException("slot '" + slotName + "' exists already");
    }
    stackUsed = used;
    return slot;
  }

  /// A name for a label that no other part of this program uses.
  public String newLabel(String meaning) {
    return meaning + "#" + ++made;
  }

  /// Jumps to `label` come here.
  public ProgramBuilder label(String label) {
    Integer before = labels.putIfAbsent(label, words.size());
    if (before != null) {
      throw new AssemblyException(
          "label '"
              + label
              + "' is at instruction "
              + before
              + " already, and again at "
              + words.size());
    }
    return this;
  }

  /// `to = from`
  public ProgramBuilder move(Register to, Register from) {
    return add(CLASS_ALU64 | OP_MOV | FROM_REGISTER, to, from, 0, 0, to + " = " + from);
  }

  /// `to = value`, of 32 bits with sign.
  public ProgramBuilder move(Register to, int value) {
    return add(CLASS_ALU64 | OP_MOV, to, Register.R0, 0, value, to + " = " + value);
  }

  /// `to = value`, of 64 bits; takes two words.
  public ProgramBuilder moveWide(Register to, long value) {
    return addWide(to, 0, value, to + " = " + value + " ll");
  }

  /// `to = map`, for a call.
  ///
  /// @param fileDescriptor of the map, in the process that loads the program
  public ProgramBuilder moveMap(Register to, int fileDescriptor) {
    return addWide(to, SOURCE_MAP_FD, fileDescriptor, to + " = map_by_fd(" + fileDescriptor + ")");
  }

  /// `to = address of slot`
  public ProgramBuilder moveAddress(Register to, StackSlot slot) {
    return moveAddress(to, slot.at(0));
  }

  /// `to = address of place`; the place's base may be `to` itself.
  public ProgramBuilder moveAddress(Register to, Memory place) {
    if (to != place.base()) {
      move(to, place.base());
    }
    return compute(to, Arithmetic.ADD, place.offset());
  }

  /// `to = to <operation> operand`
  public ProgramBuilder compute(Register to, Arithmetic operation, Register operand) {
    return add(
        CLASS_ALU64 | operation.code() | FROM_REGISTER,
        to,
        operand,
        0,
        0,
        to + " " + operation + " " + operand);
  }

  /// `to = to <operation> operand`, the operand of 32 bits with sign.
  public ProgramBuilder compute(Register to, Arithmetic operation, int operand) {
    boolean shifts =
        switch (operation) {
          case SHIFT_LEFT, SHIFT_RIGHT, SIGNED_SHIFT_RIGHT -> true;
          case ADD, SUB, MUL, DIV, OR, AND, MOD, XOR -> false;
        };
    String text = to + " " + operation + " " + operand;
    if (shifts && (operand < 0 || operand > 63)) {
      throw wrong(text, "64 bits are shifted by 0 to 63");
    }
    if (operand == 0 && (operation == Arithmetic.DIV || operation == Arithmetic.MOD)) {
      throw wrong(text, "the kernel refuses a division by the constant zero");
    }
    return add(CLASS_ALU64 | operation.code(), to, Register.R0, 0, operand, text);
  }

  /// `to = -to`
  public ProgramBuilder negate(Register to) {
    return add(CLASS_ALU64 | OP_NEG, to, Register.R0, 0, 0, to + " = -" + to);
  }

  /// Turns the low bytes from the machine's order to network order, or back, and clears the others.
  public ProgramBuilder toNetworkOrder(Register register, Width width) {
    String text = register + " = be" + 8 * width.bytes() + " " + register;
    if (width == Width.U8) {
      throw wrong(text, "a single byte has no order");
    }
    return add(
        CLASS_ALU | OP_END | TO_BIG_ENDIAN, register, Register.R0, 0, 8 * width.bytes(), text);
  }

  /// `to = *from`
  public ProgramBuilder load(Width width, Register to, Memory from) {
    return add(
        CLASS_LDX | MODE_MEM | width.code(),
        to,
        from.base(),
        from.offset(),
        0,
        to + " = *(" + width + " *)" + from);
  }

  /// `*to = from`
  public ProgramBuilder store(Width width, Memory to, Register from) {
    return add(
        CLASS_STX | MODE_MEM | width.code(),
        to.base(),
        from,
        to.offset(),
        0,
        "*(" + width + " *)" + to + " = " + from);
  }

  /// `*to = value`, of 32 bits with sign.
  public ProgramBuilder store(Width width, Memory to, int value) {
    return add(
        CLASS_ST | MODE_MEM | width.code(),
        to.base(),
        Register.R0,
        to.offset(),
        value,
        "*(" + width + " *)" + to + " = " + value);
  }

  /// Adds to memory at once, whoever else does.
  public ProgramBuilder atomicAdd(Width width, Memory to, Register amount) {
    return atomic(width, to, amount, ATOMIC_ADD, "lock *(%s *)%s += %s");
  }

  /// Sets bits in memory at once; afterwards `bits` holds what was there before. Orders all memory
  /// accesses before it and after it.
  public ProgramBuilder atomicFetchOr(Width width, Memory to, Register bits) {
    return atomic(
        width, to, bits, ATOMIC_OR | ATOMIC_FETCH, "%3$s = fetch_or(*(%1$s *)%2$s, %3$s)");
  }

  /// Stores `next` if memory holds what [Register#R0] does; afterwards that holds what was there.
  public ProgramBuilder atomicCompareExchange(Width width, Memory to, Register next) {
    return atomic(
        width, to, next, ATOMIC_COMPARE_EXCHANGE, "r0 = compare_exchange(*(%s *)%s, r0, %s)");
  }

  public ProgramBuilder jump(String label) {
    return jump(CLASS_JMP, Register.R0, Register.R0, 0, label, "goto " + label);
  }

  /// Goes on at the label if the condition holds, else with the next instruction.
  public ProgramBuilder jumpIf(Register left, Comparison condition, Register right, String label) {
    return jump(
        CLASS_JMP | condition.code() | FROM_REGISTER,
        left,
        right,
        0,
        label,
        "if " + left + " " + condition + " " + right + " goto " + label);
  }

  /// As above, with a constant of 32 bits with sign.
  public ProgramBuilder jumpIf(Register left, Comparison condition, int right, String label) {
    return jump(
        CLASS_JMP | condition.code(),
        left,
        Register.R0,
        right,
        label,
        "if " + left + " " + condition + " " + right + " goto " + label);
  }

  /// Calls a function of the kernel: arguments in `r1` to `r5`, its answer in `r0`.
  public ProgramBuilder call(Helper helper) {
    return add(CLASS_JMP | OP_CALL, Register.R0, Register.R0, 0, helper.number(), "call " + helper);
  }

  public ProgramBuilder exit() {
    return add(CLASS_JMP | OP_EXIT, Register.R0, Register.R0, 0, 0, "exit");
  }

  /// The program, with its jumps bound.
  ///
  /// @throws AssemblyException when a label is missing or too far, or the end is not an end
  public Program build() {
    for (Jump jump : jumps) {
      bind(jump);
    }
    if (texts.isEmpty() || !isEnd(texts.getLast())) {
      throw new AssemblyException(
          name + " ends without 'exit' or 'goto'" + (texts.isEmpty() ? "" : ", with " + last()));
    }
    return new Program(name, words, texts);
  }

  private void bind(Jump jump) {
    Integer target = labels.get(jump.label());
    String where = "instruction " + jump.from() + " (" + texts.get(jump.from()) + ") of " + name;
    if (target == null) {
      throw new AssemblyException(where + ": there is no label '" + jump.label() + "'");
    }
    if (target == words.size()) {
      throw new AssemblyException(where + ": label '" + jump.label() + "' is behind the last one");
    }
    int distance = target - jump.from() - 1;
    if (distance != (short) distance) {
      throw new AssemblyException(
          where
              + ": label '"
              + jump.label()
              + "' is "
              + distance
              + " instructions away, and 16 bits reach -32768 to 32767");
    }
    words.set(jump.from(), words.get(jump.from()) & ~0xFFFF_0000L | (distance & 0xFFFFL) << 16);
  }

  private static boolean isEnd(String text) {
    return text.equals("exit") || text.startsWith("goto ");
  }

  private String last() {
    return "instruction " + (texts.size() - 1) + " (" + texts.getLast() + ")";
  }

  private ProgramBuilder atomic(Width width, Memory to, Register from, int operation, String text) {
    String line = text.formatted(width, to, from);
    if (width != Width.U32 && width != Width.U64) {
      throw wrong(line, "atomic operations have 32 or 64 bits");
    }
    return add(
        CLASS_STX | MODE_ATOMIC | width.code(), to.base(), from, to.offset(), operation, line);
  }

  private ProgramBuilder jump(
      int opcode, Register left, Register right, int value, String label, String text) {
    jumps.add(new Jump(words.size(), label));
    return add(opcode, left, right, 0, value, text);
  }

  private ProgramBuilder addWide(Register to, int source, long value, String text) {
    boolean readOnly = to == Register.R10;
    if (readOnly) {
      throw wrong(text, "r10 is read-only");
    }
    word(CLASS_LD | Width.U64.code(), to.number(), source, 0, (int) value, text);
    return word(0, 0, 0, 0, (int) (value >>> 32), "(upper half)");
  }

  private ProgramBuilder add(
      int opcode, Register to, Register from, int offset, int value, String text) {
    int kind = opcode & 0x07;
    boolean writes = kind == CLASS_LDX || kind == CLASS_ALU || kind == CLASS_ALU64;
    if (writes && to == Register.R10) {
      throw wrong(text, "r10 is read-only");
    }
    return word(opcode, to.number(), from.number(), offset, value, text);
  }

  private ProgramBuilder word(
      int opcode, int destination, int source, int offset, int value, String text) {
    words.add(
        (long) opcode
            | (long) (destination | source << 4) << 8
            | (offset & 0xFFFFL) << 16
            | (long) value << 32);
    texts.add(text);
    return this;
  }

  private AssemblyException wrong(String text, String why) {
    return new AssemblyException(
        "instruction " + words.size() + " (" + text + ") of " + name + ": " + why);
  }
}
