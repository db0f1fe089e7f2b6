package dev.otelscope.probe.kernel.bpf.assembly;

import static dev.otelscope.probe.kernel.bpf.assembly.Register.R0;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R1;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R10;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R2;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R3;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R7;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R9;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each instruction against the tables of the kernel's instruction-set.rst: opcode, registers
/// (destination in the low half of the byte), offset, immediate; little-endian.
class ProgramBuilderTest {

  static Stream<Arguments> instructions() {
    return Stream.of(
        golden("r1 = r2", "bf 21 0000 00000000", b -> b.move(R1, R2)),
        golden("r9 = -2", "b7 09 0000 feffffff", b -> b.move(R9, -2)),
        golden("r1 += r2", "0f 21 0000 00000000", b -> b.compute(R1, Arithmetic.ADD, R2)),
        golden("r1 += -8", "07 01 0000 f8ffffff", b -> b.compute(R1, Arithmetic.ADD, -8)),
        golden("r1 -= r2", "1f 21 0000 00000000", b -> b.compute(R1, Arithmetic.SUB, R2)),
        golden("r1 *= 3", "27 01 0000 03000000", b -> b.compute(R1, Arithmetic.MUL, 3)),
        golden("r1 /= 7", "37 01 0000 07000000", b -> b.compute(R1, Arithmetic.DIV, 7)),
        golden("r1 |= r2", "4f 21 0000 00000000", b -> b.compute(R1, Arithmetic.OR, R2)),
        golden("r1 &= 15", "57 01 0000 0f000000", b -> b.compute(R1, Arithmetic.AND, 15)),
        golden("r1 <<= 32", "67 01 0000 20000000", b -> b.compute(R1, Arithmetic.SHIFT_LEFT, 32)),
        golden("r1 >>= r2", "7f 21 0000 00000000", b -> b.compute(R1, Arithmetic.SHIFT_RIGHT, R2)),
        golden("r1 %= 5", "97 01 0000 05000000", b -> b.compute(R1, Arithmetic.MOD, 5)),
        golden("r1 ^= r2", "af 21 0000 00000000", b -> b.compute(R1, Arithmetic.XOR, R2)),
        golden(
            "r1 s>>= 1",
            "c7 01 0000 01000000",
            b -> b.compute(R1, Arithmetic.SIGNED_SHIFT_RIGHT, 1)),
        golden("r3 = -r3", "87 03 0000 00000000", b -> b.negate(R3)),
        golden("r2 = be16 r2", "dc 02 0000 10000000", b -> b.toNetworkOrder(R2, Width.U16)),
        golden("r2 = be64 r2", "dc 02 0000 40000000", b -> b.toNetworkOrder(R2, Width.U64)),
        golden(
            "r2 = *(u8 *)(r7 + 18)", "71 72 1200 00000000", b -> b.load(Width.U8, R2, R7.at(18))),
        golden(
            "r2 = *(u16 *)(r7 + 18)", "69 72 1200 00000000", b -> b.load(Width.U16, R2, R7.at(18))),
        golden(
            "r2 = *(u32 *)(r7 + 18)", "61 72 1200 00000000", b -> b.load(Width.U32, R2, R7.at(18))),
        golden(
            "r2 = *(u64 *)(r10 - 8)",
            "79 a2 f8ff 00000000",
            b -> b.load(Width.U64, R2, R10.at(-8))),
        golden(
            "*(u8 *)(r10 - 1) = r3", "73 3a ffff 00000000", b -> b.store(Width.U8, R10.at(-1), R3)),
        golden(
            "*(u16 *)(r10 - 2) = r3",
            "6b 3a feff 00000000",
            b -> b.store(Width.U16, R10.at(-2), R3)),
        golden(
            "*(u32 *)(r10 - 4) = r3",
            "63 3a fcff 00000000",
            b -> b.store(Width.U32, R10.at(-4), R3)),
        golden(
            "*(u64 *)(r10 - 8) = r3",
            "7b 3a f8ff 00000000",
            b -> b.store(Width.U64, R10.at(-8), R3)),
        golden("*(u8 *)(r1 + 4) = 1", "72 01 0400 01000000", b -> b.store(Width.U8, R1.at(4), 1)),
        golden("*(u16 *)(r1 + 4) = 1", "6a 01 0400 01000000", b -> b.store(Width.U16, R1.at(4), 1)),
        golden("*(u32 *)(r1 + 4) = 1", "62 01 0400 01000000", b -> b.store(Width.U32, R1.at(4), 1)),
        golden(
            "*(u64 *)(r1 + 4) = -1", "7a 01 0400 ffffffff", b -> b.store(Width.U64, R1.at(4), -1)),
        golden(
            "lock *(u32 *)(r1 + 4) += r2",
            "c3 21 0400 00000000",
            b -> b.atomicAdd(Width.U32, R1.at(4), R2)),
        golden(
            "lock *(u64 *)(r1 + 8) += r2",
            "db 21 0800 00000000",
            b -> b.atomicAdd(Width.U64, R1.at(8), R2)),
        golden(
            "r2 = fetch_or(*(u64 *)(r1 + 8), r2)",
            "db 21 0800 41000000",
            b -> b.atomicFetchOr(Width.U64, R1.at(8), R2)),
        golden(
            "r0 = compare_exchange(*(u64 *)(r1 + 0), r0, r2)",
            "db 21 0000 f1000000",
            b -> b.atomicCompareExchange(Width.U64, R1.at(0), R2)),
        golden("call bpf_seq_write", "85 00 0000 7f000000", b -> b.call(Helper.SEQ_WRITE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instructions")
  void isEncodedAsTheKernelDocuments(
      String text, String bytes, ThrowingConsumer<ProgramBuilder> instruction) throws Throwable {
    ProgramBuilder builder = new ProgramBuilder("golden");
    instruction.accept(builder);

    Program program = builder.exit().build();

    assertThat(bytes(program)).isEqualTo(bytes.replace(" ", "") + "9500000000000000");
    assertThat(program.texts().getFirst()).isEqualTo(text);
  }

  @Test
  void aWideConstantTakesTwoWords() {
    Program program = new ProgramBuilder("wide").moveWide(R3, 0x1122334455667788L).exit().build();

    assertThat(bytes(program)).startsWith("1803000088776655" + "0000000044332211");
  }

  @Test
  void aMapIsNamedByItsFileDescriptor() {
    Program program = new ProgramBuilder("map").moveMap(R1, 42).exit().build();

    assertThat(bytes(program)).startsWith("181100002a000000" + "0000000000000000");
  }

  @ParameterizedTest
  @EnumSource
  void conditionsHaveTheirOpcodes(Comparison condition) {
    String opcode =
        switch (condition) {
          case EQUAL -> "15";
          case GREATER -> "25";
          case GREATER_OR_EQUAL -> "35";
          case HAS_ANY_OF -> "45";
          case NOT_EQUAL -> "55";
          case SIGNED_GREATER -> "65";
          case SIGNED_GREATER_OR_EQUAL -> "75";
          case LESS -> "a5";
          case LESS_OR_EQUAL -> "b5";
          case SIGNED_LESS -> "c5";
          case SIGNED_LESS_OR_EQUAL -> "d5";
        };
    Program constant =
        new ProgramBuilder("if").jumpIf(R1, condition, 6, "out").label("out").exit().build();
    Program register =
        new ProgramBuilder("if").jumpIf(R1, condition, R2, "out").label("out").exit().build();

    assertThat(bytes(constant)).startsWith(opcode + "01000006000000");
    assertThat(bytes(register)).startsWith(opcode.charAt(0) + "d21000000000000");
  }

  @Test
  void jumpsCountWordsFromTheNextInstruction() {
    Program program =
        new ProgramBuilder("jumps")
            .jump("forward")
            .label("back")
            .moveWide(R0, 0)
            .exit()
            .label("forward")
            .jump("back")
            .build();

    assertThat(bytes(program)).startsWith("0500030000000000").endsWith("0500fcff00000000");
  }

  @Test
  void theAddressOfASlotIsCountedFromTheEndOfTheFrame() {
    ProgramBuilder builder = new ProgramBuilder("slots");
    StackSlot first = builder.slot("first", 12);
    StackSlot second = builder.slot("second", 8);
    Program program =
        builder.moveAddress(R1, first).moveAddress(R2, second.at(4)).move(R0, 0).exit().build();

    assertThat(first.offset()).isEqualTo(-16);
    assertThat(second.offset()).isEqualTo(-24);
    assertThat(program.texts())
        .containsExactly("r1 = r10", "r1 += -16", "r2 = r10", "r2 += -20", "r0 = 0", "exit");
  }

  @Test
  void anUnboundLabelIsReportedWithItsJump() {
    assertThatThrownBy(() -> new ProgramBuilder("p").move(R0, 0).jump("nowhere").build())
        .isInstanceOf(AssemblyException.class)
        .hasMessage("instruction 1 (goto nowhere) of p: there is no label 'nowhere'");
  }

  @Test
  void aJumpThatIsTooFarIsReported() {
    ProgramBuilder builder = new ProgramBuilder("far").jumpIf(R1, Comparison.EQUAL, 0, "out");
    for (int i = 0; i < 32_768; i++) {
      builder.move(R0, 0);
    }

    assertThatThrownBy(() -> builder.label("out").exit().build())
        .isInstanceOf(AssemblyException.class)
        .hasMessageContaining("instruction 0 (if r1 == 0 goto out) of far")
        .hasMessageContaining("32768 instructions away");
  }

  @Test
  void aLabelBehindTheEndIsReported() {
    assertThatThrownBy(() -> new ProgramBuilder("p").jump("end").label("end").build())
        .hasMessageContaining("label 'end' is behind the last one");
  }

  @Test
  void aLabelIsBoundOnce() {
    assertThatThrownBy(() -> new ProgramBuilder("p").label("a").exit().label("a"))
        .isInstanceOf(AssemblyException.class)
        .hasMessage("label 'a' is at instruction 0 already, and again at 1");
  }

  @Test
  void aProgramMustEnd() {
    assertThatThrownBy(() -> new ProgramBuilder("p").move(R0, 0).build())
        .hasMessage("p ends without 'exit' or 'goto', with instruction 0 (r0 = 0)");
  }

  @Test
  void whatTheVerifierWouldRefuseAnywayIsRefusedHere() {
    ProgramBuilder builder = new ProgramBuilder("p");

    assertThatThrownBy(() -> builder.move(R10, 0))
        .hasMessage("instruction 0 (r10 = 0) of p: r10 is read-only");
    assertThatThrownBy(() -> builder.compute(R1, Arithmetic.SHIFT_LEFT, 64))
        .hasMessageContaining("shifted by 0 to 63");
    assertThatThrownBy(() -> builder.compute(R1, Arithmetic.DIV, 0))
        .hasMessageContaining("division by the constant zero");
    assertThatThrownBy(() -> builder.atomicAdd(Width.U16, R1.at(0), R2))
        .hasMessageContaining("atomic operations have 32 or 64 bits");
    assertThatThrownBy(() -> R1.at(40_000)).hasMessageContaining("offset 40000 from r1");
    assertThatThrownBy(() -> Width.of(3)).hasMessageContaining("not 3");
    assertThatThrownBy(() -> new ProgramBuilder("has spaces").exit().build())
        .hasMessageContaining("'has spaces'");
  }

  @Test
  void slotsAreBoundedAndNamedOnce() {
    ProgramBuilder builder = new ProgramBuilder("p");
    StackSlot slot = builder.slot("key", 500);

    assertThatThrownBy(() -> builder.slot("more", 16))
        .hasMessage("no room for slot 'more' of 16 bytes: 504 of 512 bytes of stack are taken");
    assertThatThrownBy(() -> builder.slot("key", 8)).hasMessage("slot 'key' exists already");
    assertThatThrownBy(() -> slot.at(500)).hasMessage("slot 'key' has 500 bytes, so none at 500");
  }

  @Test
  void theListingNumbersWords() {
    assertThat(new ProgramBuilder("p").moveMap(R1, 3).exit().build().listing())
        .isEqualTo("0: r1 = map_by_fd(3)\n1: (upper half)\n2: exit\n");
  }

  private static Arguments golden(
      String text, String bytes, ThrowingConsumer<ProgramBuilder> instruction) {
    return Arguments.of(text, bytes, instruction);
  }

  private static String bytes(Program program) {
    HexFormat hex = HexFormat.of();
    return program.words().stream()
        .map(word -> hex.toHexDigits(Long.reverseBytes(word)))
        .collect(Collectors.joining());
  }
}
