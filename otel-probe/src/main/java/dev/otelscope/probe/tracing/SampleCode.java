package dev.otelscope.probe.tracing;

import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.GREATER_OR_EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R0;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R1;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R2;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R3;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R4;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R5;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R7;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U16;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U64;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U8;

import dev.otelscope.probe.kernel.bpf.assembly.Arithmetic;
import dev.otelscope.probe.kernel.bpf.assembly.Memory;
import dev.otelscope.probe.kernel.bpf.assembly.ProgramBuilder;
import dev.otelscope.probe.kernel.bpf.assembly.Register;
import dev.otelscope.probe.kernel.bpf.assembly.StackSlot;
import dev.otelscope.probe.primitive.XxHash64;

/// Code that keeps the ephemeral ports of some of the connections that are added up.
final class SampleCode {
  /*
   * What is kept
   *   The key of what is added up has everything of a connection but its ephemeral port. The lowest two
   *   bits of its hash choose one of four words, which keeps the port of the connection with the lowest
   *   hash of those that chose it: `~(hash with the port in place of its lowest 16 bits)`, so that zero
   *   is none and the highest number wins. Where two processors write at once one of both is lost.
   *
   * The hash
   *   xxHash64 with seed 0 over 37 bytes: transport, client, server, both ports. One stripe of 32 bytes,
   *   then four bytes, then one. Nothing here is aligned, so its words are put together from what lies
   *   aligned: c and s are the two words of the client's and the server's address,
   *
   *     6 c0…6 | c7 c8…14 | c15 s0…6 | s7 s8…14 | s15 port port port | port
   */
  private static final int IPPROTO_TCP = 6;
  private static final int SIZE = 37;
  private static final int CLIENT = 0; // u8[16], as all in network order
  private static final int SERVER = 16; // u8[16]
  private static final int CLIENT_PORT = 32; // u16
  private static final int SERVER_PORT = 34; // u16
  private static final int TUPLE_SIZE = 40;

  private final ProgramBuilder code;
  private final SocketCode socketCode;
  private final StackSlot tuple;

  SampleCode(ProgramBuilder code, SocketCode socketCode) {
    this.code = code;
    this.socketCode = socketCode;
    tuple = code.slot("tuple", TUPLE_SIZE);
  }

  /// Keeps the port of an end that was established, if it is one to keep, in the value at `r7`.
  void sample(Memory end) {
    String server = code.newLabel("at server");
    String known = code.newLabel("tuple");
    String kept = code.newLabel("kept");
    code.load(U8, R1, end.plus(EndLayout.ROLE)).jumpIf(R1, EQUAL, EndLayout.ROLE_SERVER, server);
    copy(end, EndLayout.LOCAL, EndLayout.LOCAL_PORT, EndLayout.REMOTE, EndLayout.REMOTE_PORT);
    code.jump(known).label(server);
    copy(end, EndLayout.REMOTE, EndLayout.REMOTE_PORT, EndLayout.LOCAL, EndLayout.LOCAL_PORT);
    code.label(known);
    hash();
    code.move(R2, R1)
        .compute(R2, Arithmetic.AND, PastLayout.SAMPLE_COUNT - 1)
        .compute(R2, Arithmetic.SHIFT_LEFT, 3)
        .move(R3, R7)
        .compute(R3, Arithmetic.ADD, R2)
        .compute(R1, Arithmetic.SHIFT_RIGHT, 16)
        .compute(R1, Arithmetic.SHIFT_LEFT, 16)
        .load(U16, R2, tuple.at(CLIENT_PORT))
        .compute(R1, Arithmetic.OR, R2)
        .compute(R1, Arithmetic.XOR, -1)
        .load(U64, R2, R3.at(PastLayout.SAMPLES))
        .jumpIf(R2, GREATER_OR_EQUAL, R1, kept)
        .store(U64, R3.at(PastLayout.SAMPLES), R1)
        .label(kept);
  }

  private void copy(Memory end, int client, int clientPort, int server, int serverPort) {
    socketCode.copy(tuple.at(CLIENT), end.plus(client), 16);
    socketCode.copy(tuple.at(SERVER), end.plus(server), 16);
    code.load(U16, R1, end.plus(clientPort))
        .store(U16, tuple.at(CLIENT_PORT), R1)
        .load(U16, R1, end.plus(serverPort))
        .store(U16, tuple.at(SERVER_PORT), R1);
  }

  /// `r1 = hash of the tuple`. Uses `r0` and `r2` to `r5`.
  private void hash() {
    code.load(U64, R1, tuple.at(CLIENT))
        .compute(R1, Arithmetic.SHIFT_LEFT, 8)
        .compute(R1, Arithmetic.OR, IPPROTO_TCP);
    sum(R0, XxHash64.START_1);
    word(CLIENT);
    sum(R2, XxHash64.START_2);
    word(CLIENT + 8);
    sum(R3, 0);
    word(SERVER);
    sum(R5, XxHash64.START_4);

    code.move(R1, 0);
    addRotated(R0, 1);
    addRotated(R2, 7);
    addRotated(R3, 12);
    addRotated(R5, 18);
    for (Register sum : new Register[] {R0, R2, R3, R5}) {
      multiply(sum, XxHash64.PRIME_2);
      rotate(sum, 31);
      multiply(sum, XxHash64.PRIME_1);
      code.compute(R1, Arithmetic.XOR, sum);
      multiply(R1, XxHash64.PRIME_1);
      code.moveWide(R4, XxHash64.PRIME_4).compute(R1, Arithmetic.ADD, R4);
    }
    code.compute(R1, Arithmetic.ADD, SIZE);
    rest();
    mix(33);
    multiply(R1, XxHash64.PRIME_2);
    mix(29);
    multiply(R1, XxHash64.PRIME_3);
    mix(32);
  }

  /// `r1 = the last byte of a word and the first seven of the next one`
  private void word(int at) {
    code.load(U64, R1, tuple.at(at + 8))
        .compute(R1, Arithmetic.SHIFT_LEFT, 8)
        .load(U64, R4, tuple.at(at))
        .compute(R4, Arithmetic.SHIFT_RIGHT, 56)
        .compute(R1, Arithmetic.OR, R4);
  }

  /// `sum = the sum of a stripe whose word is r1`
  private void sum(Register sum, long start) {
    multiply(R1, XxHash64.PRIME_2);
    code.moveWide(R4, start).compute(R1, Arithmetic.ADD, R4);
    rotate(R1, 31);
    multiply(R1, XxHash64.PRIME_1);
    code.move(sum, R1);
  }

  /// Takes the last five bytes into the hash in `r1`.
  private void rest() {
    code.load(U64, R0, tuple.at(SERVER + 8))
        .compute(R0, Arithmetic.SHIFT_RIGHT, 56)
        .load(U16, R2, tuple.at(CLIENT_PORT))
        .compute(R2, Arithmetic.SHIFT_LEFT, 8)
        .compute(R0, Arithmetic.OR, R2)
        .load(U16, R3, tuple.at(SERVER_PORT))
        .move(R2, R3)
        .compute(R2, Arithmetic.AND, 0xFF)
        .compute(R2, Arithmetic.SHIFT_LEFT, 24)
        .compute(R0, Arithmetic.OR, R2);
    multiply(R0, XxHash64.PRIME_1);
    code.compute(R1, Arithmetic.XOR, R0);
    rotate(R1, 23);
    multiply(R1, XxHash64.PRIME_2);
    code.moveWide(R4, XxHash64.PRIME_3)
        .compute(R1, Arithmetic.ADD, R4)
        .compute(R3, Arithmetic.SHIFT_RIGHT, 8);
    multiply(R3, XxHash64.PRIME_5);
    code.compute(R1, Arithmetic.XOR, R3);
    rotate(R1, 11);
    multiply(R1, XxHash64.PRIME_1);
  }

  /// `r1 += register, rotated`
  private void addRotated(Register register, int bits) {
    code.move(R4, register)
        .compute(R4, Arithmetic.SHIFT_LEFT, bits)
        .compute(R1, Arithmetic.ADD, R4)
        .move(R4, register)
        .compute(R4, Arithmetic.SHIFT_RIGHT, 64 - bits)
        .compute(R1, Arithmetic.ADD, R4);
  }

  private void rotate(Register register, int bits) {
    code.move(R4, register)
        .compute(R4, Arithmetic.SHIFT_RIGHT, 64 - bits)
        .compute(register, Arithmetic.SHIFT_LEFT, bits)
        .compute(register, Arithmetic.OR, R4);
  }

  private void multiply(Register register, long factor) {
    code.moveWide(R4, factor).compute(register, Arithmetic.MUL, R4);
  }

  private void mix(int bits) {
    code.move(R4, R1).compute(R4, Arithmetic.SHIFT_RIGHT, bits).compute(R1, Arithmetic.XOR, R4);
  }
}
