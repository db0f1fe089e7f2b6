package dev.otelscope.probe.tracing;

import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.LESS;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.NOT_EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R0;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R1;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R2;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R3;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R4;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R7;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U16;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U32;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U64;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U8;

import dev.otelscope.probe.kernel.bpf.assembly.Arithmetic;
import dev.otelscope.probe.kernel.bpf.assembly.Helper;
import dev.otelscope.probe.kernel.bpf.assembly.Memory;
import dev.otelscope.probe.kernel.bpf.assembly.ProgramBuilder;
import dev.otelscope.probe.kernel.bpf.assembly.StackSlot;

/// Code that adds an end to those that are like it.
final class PastCode {
  /*
   * Concurrency
   *   The first end of its kind inserts zeros with BPF_NOEXIST, and whoever loses that race finds the
   *   winner's; then each adds atomically. The map itself is looked up in its holder for each end, so
   *   that the probe can exchange it: whatever a program found there it may use until it is done.
   */
  private static final int NO_EXIST = 1;

  /// Buckets have twice the size of the one before; the first ends at 2^-19 s.
  private static final int NANOS_TIMES_1024_IN_UNIT = 976_562; // of 2^-20 s

  private final ProgramBuilder code;
  private final TracingMaps maps;
  private final SocketCode socketCode;
  private final SampleCode sampleCode;
  private final StackSlot key;

  PastCode(ProgramBuilder code, TracingMaps maps, SocketCode socketCode) {
    this.code = code;
    this.maps = maps;
    this.socketCode = socketCode;
    sampleCode = new SampleCode(code, socketCode);
    key = code.slot("past", PastLayout.KEY_SIZE);
  }

  /// Adds an end whose other end is not here. Uses `r7`; keeps `r6`, `r8` and `r9`.
  ///
  /// @param refused where to go on when the map is full
  void add(Memory end, String refused) {
    code.store(U64, key.at(PastLayout.KEY_PEER), 0)
        .store(U64, key.at(PastLayout.KEY_PEER_START), 0)
        .store(U32, key.at(PastLayout.KEY_PEER_NAMESPACE), 0)
        .store(U8, key.at(PastLayout.KEY_PAIRED), 0);
    insert(end, refused);
    code.load(U64, R1, end.plus(EndLayout.RECEIVED)).atomicAdd(U64, R7.at(PastLayout.RECEIVED), R1);
    addFigures(end);
  }

  /// Adds an end of which the other end is known, too: it has received what that one sent.
  void addPaired(Memory end, Memory other, String refused) {
    copy(PastLayout.KEY_PEER, other.plus(EndLayout.PROCESS));
    copy(PastLayout.KEY_PEER_START, other.plus(EndLayout.PROCESS_START));
    code.load(U32, R1, other.plus(EndLayout.NAMESPACE))
        .store(U32, key.at(PastLayout.KEY_PEER_NAMESPACE), R1)
        .store(U8, key.at(PastLayout.KEY_PAIRED), 1);
    insert(end, refused);
    code.load(U64, R1, other.plus(EndLayout.SENT)).atomicAdd(U64, R7.at(PastLayout.RECEIVED), R1);
    addFigures(end);
  }

  /// `r7 = value for ends like this one`
  private void insert(Memory end, String refused) {
    String server = code.newLabel("server");
    String port = code.newLabel("port");
    String found = code.newLabel("found");
    String full = code.newLabel("full");
    copy(PastLayout.KEY_PROCESS, end.plus(EndLayout.PROCESS));
    copy(PastLayout.KEY_PROCESS_START, end.plus(EndLayout.PROCESS_START));
    copy(PastLayout.KEY_CONTROL_GROUP, end.plus(EndLayout.CONTROL_GROUP));
    socketCode.copy(key.at(PastLayout.KEY_LOCAL), end.plus(EndLayout.LOCAL), 32);
    code.load(U32, R1, end.plus(EndLayout.NAMESPACE))
        .store(U32, key.at(PastLayout.KEY_NAMESPACE), R1)
        .store(U32, key.at(PastLayout.KEY_PADDING), 0)
        .load(U8, R1, end.plus(EndLayout.ROLE))
        .store(U8, key.at(PastLayout.KEY_ROLE), R1)
        .jumpIf(R1, EQUAL, EndLayout.ROLE_SERVER, server)
        .load(U16, R1, end.plus(EndLayout.REMOTE_PORT))
        .jump(port)
        .label(server)
        .load(U16, R1, end.plus(EndLayout.LOCAL_PORT))
        .label(port)
        .store(U16, key.at(PastLayout.KEY_SERVER_PORT), R1);
    socketCode.only(maps.past.holder());
    code.jumpIf(R0, EQUAL, 0, full).move(R7, R0);
    find();
    code.jumpIf(R0, NOT_EQUAL, 0, found);
    socketCode.only(maps.blank);
    code.jumpIf(R0, EQUAL, 0, full)
        .move(R3, R0)
        .move(R1, R7)
        .moveAddress(R2, key)
        .move(R4, NO_EXIST)
        .call(Helper.MAP_UPDATE_ELEM);
    find();
    code.jumpIf(R0, NOT_EQUAL, 0, found).label(full);
    socketCode.lost(TracingMaps.LOST_SERIES);
    code.jump(refused).label(found).move(R7, R0);
  }

  private void find() {
    code.move(R1, R7).moveAddress(R2, key).call(Helper.MAP_LOOKUP_ELEM);
  }

  private void addFigures(Memory end) {
    String failed = code.newLabel("failed");
    String done = code.newLabel("added");
    String orderly = code.newLabel("orderly");
    code.move(R2, 1)
        .load(U8, R1, end.plus(EndLayout.ESTABLISHED))
        .jumpIf(R1, EQUAL, 0, failed)
        .atomicAdd(U64, R7.at(PastLayout.OPENED), R2)
        .load(U32, R1, end.plus(EndLayout.ENDING))
        .jumpIf(R1, NOT_EQUAL, EndLayout.ENDING_RESET, orderly)
        .atomicAdd(U64, R7.at(PastLayout.RESET), R2)
        .label(orderly)
        .load(U64, R1, end.plus(EndLayout.SENT))
        .atomicAdd(U64, R7.at(PastLayout.SENT), R1)
        .load(U32, R1, end.plus(EndLayout.RETRANSMITS))
        .atomicAdd(U64, R7.at(PastLayout.RETRANSMITS), R1);
    addDuration(end);
    sampleCode.sample(end);
    code.jump(done).label(failed).load(U32, R1, end.plus(EndLayout.ENDING));
    int[] endings = {
      EndLayout.ENDING_REFUSED, EndLayout.ENDING_TIMED_OUT, EndLayout.ENDING_UNREACHABLE
    };
    int[] counters = {PastLayout.REFUSED, PastLayout.TIMED_OUT, PastLayout.UNREACHABLE};
    for (int i = 0; i < endings.length; i++) {
      String other = code.newLabel("cause");
      code.jumpIf(R1, NOT_EQUAL, endings[i], other)
          .atomicAdd(U64, R7.at(counters[i]), R2)
          .jump(done)
          .label(other);
    }
    code.atomicAdd(U64, R7.at(PastLayout.ABANDONED), R2).label(done);
  }

  /// Adds one to the bucket whose number is the logarithm of the duration in units of 2^-20 s.
  private void addDuration(Memory end) {
    code.load(U64, R1, end.plus(EndLayout.TIME))
        .atomicAdd(U64, R7.at(PastLayout.DURATION), R1)
        .compute(R1, Arithmetic.SHIFT_LEFT, 10)
        .compute(R1, Arithmetic.DIV, NANOS_TIMES_1024_IN_UNIT)
        .move(R3, 0);
    for (int step = 16; step > 0; step /= 2) {
      String below = code.newLabel("below");
      code.moveWide(R4, 1L << step)
          .jumpIf(R1, LESS, R4, below)
          .compute(R1, Arithmetic.SHIFT_RIGHT, step)
          .compute(R3, Arithmetic.ADD, step)
          .label(below);
    }
    code.compute(R3, Arithmetic.AND, PastLayout.BUCKET_COUNT - 1) // for the verifier
        .compute(R3, Arithmetic.SHIFT_LEFT, 2)
        .move(R4, R7)
        .compute(R4, Arithmetic.ADD, R3)
        .atomicAdd(U32, R4.at(PastLayout.BUCKETS), R2);
  }

  private void copy(int field, Memory from) {
    code.load(U64, R1, from).store(U64, key.at(field), R1);
  }
}
