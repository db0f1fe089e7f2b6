package dev.otelscope.probe.tracing;

import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.GREATER_OR_EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.HAS_ANY_OF;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.NOT_EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R0;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R1;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R2;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R3;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R6;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R7;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R8;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R9;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U16;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U32;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U64;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U8;

import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.kernel.bpf.assembly.Arithmetic;
import dev.otelscope.probe.kernel.bpf.assembly.Helper;
import dev.otelscope.probe.kernel.bpf.assembly.Memory;
import dev.otelscope.probe.kernel.bpf.assembly.Program;
import dev.otelscope.probe.kernel.bpf.assembly.ProgramBuilder;
import dev.otelscope.probe.kernel.bpf.assembly.StackSlot;
import java.util.concurrent.TimeUnit;

/// Runs for each open file of each process (`iter/task_file`) and writes those that are sockets of
/// TCP or UDP, as [SocketLayout]: connections of TCP that are new or of which something has
/// changed, and all others. A socket that several processes share is written for each.
final class SocketProgram {
  /*
   * What has changed
   *   A connection keeps what was written of it last. It is written again when that differs, and when
   *   this walk has written it before: for another process that shares it, or because it is run again.
   *
   * Young
   *   Of connections that were established less than half a second ago a walk tells some; most of them will
   *   be over at the next one and are cheaper added up, each with its end, than told one by one. With
   *   a few of them nothing changes; with thousands a second one that stays is told a walk later.
   *
   * Without a port
   *   A socket that connects is in SYN_SENT before it gets its port (`tcp_v4_connect` in
   *   net/ipv4/tcp_ipv4.c). It is not told in between: its other end would never be found.
   *
   * Run again
   *   When its output buffer is full, the kernel throws away what the program wrote for the file at
   *   hand and runs it again for the same file. Nothing here is harmed by that: flags are only set,
   *   what goes to the ring buffer goes once because a flag is set at the same time, and what was
   *   written in this walk counts as changed.
   *
   * Registers
   *   r6 context   r7 task   r8 socket   r9 storage, later the pair
   */
  private static final int IPPROTO_UDP = 17;

  /// Ends of young connections that one walk tells.
  static final int YOUNG_TOLD = 256;

  private static final long YOUNG_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final ProgramBuilder code = new ProgramBuilder("ots_sockets");
  private final KernelFields fields;
  private final TracingMaps maps;
  private final SocketCode socketCode;
  private final StackSlot record;
  private final StackSlot initial;
  private final StackSlot flags;

  private SocketProgram(KernelFields fields, TracingMaps maps) {
    this.fields = fields;
    this.maps = maps;
    socketCode = new SocketCode(code, fields, maps);
    record = code.slot("record", SocketLayout.SIZE);
    initial = code.slot("initial", StorageLayout.SIZE);
    flags = code.slot("flags", Long.BYTES);
  }

  static Program of(KernelFields fields, TracingMaps maps) {
    return new SocketProgram(fields, maps).write();
  }

  private Program write() {
    findSocket();
    clear(record);
    KernelFields.load(code, R1, R8, fields.state());
    code.store(U8, field(SocketLayout.STATE), R1);
    socketCode.ports(R8, field(SocketLayout.LOCAL_PORT), field(SocketLayout.REMOTE_PORT));
    KernelFields.load(code, R1, R8, fields.protocol());
    code.store(U8, field(SocketLayout.PROTOCOL), R1)
        .jumpIf(R1, EQUAL, IPPROTO_UDP, "no connection")
        .load(U8, R1, field(SocketLayout.STATE));
    for (TcpState state :
        new TcpState[] {
          TcpState.CLOSE, TcpState.SYN_RECV, TcpState.NEW_SYN_RECV, TcpState.TIME_WAIT
        }) {
      code.jumpIf(R1, EQUAL, state.number(), "out");
    }
    code.jumpIf(R1, EQUAL, TcpState.LISTEN.number(), "no connection")
        .load(U16, R1, field(SocketLayout.LOCAL_PORT))
        .jumpIf(R1, EQUAL, 0, "out");
    markTold();
    figures();
    onlyWhatChanged();
    endThatWaits();
    code.label("no connection").store(U64, initial.at(StorageLayout.GENERATION), 0);
    socketCode.cookie(R8, initial.at(StorageLayout.GENERATION));
    code.store(U64, field(SocketLayout.COOKIE), R0).label("rest");
    whatStays();
    KernelFields.load(code, R1, R6, fields.iteratorMeta());
    KernelFields.load(code, R1, R1, fields.metaSequence());
    code.moveAddress(R2, record)
        .move(R3, SocketLayout.SIZE)
        .call(Helper.SEQ_WRITE)
        .label("out")
        .move(R0, 0)
        .exit();
    return code.build();
  }

  private void findSocket() {
    code.move(R6, R1);
    KernelFields.load(code, R7, R6, fields.iteratorTask());
    code.jumpIf(R7, EQUAL, 0, "out");
    KernelFields.load(code, R1, R6, fields.iteratorFile());
    code.jumpIf(R1, EQUAL, 0, "out").call(Helper.SOCK_FROM_FILE).jumpIf(R0, EQUAL, 0, "out");
    KernelFields.load(code, R8, R0, fields.socketOfFile());
    code.jumpIf(R8, EQUAL, 0, "out");
    KernelFields.load(code, R1, R8, fields.family());
    code.jumpIf(R1, EQUAL, SocketCode.AF_INET, "internet")
        .jumpIf(R1, NOT_EQUAL, SocketCode.AF_INET6, "out")
        .label("internet");
    KernelFields.load(code, R1, R8, fields.protocol());
    code.jumpIf(R1, EQUAL, SocketCode.IPPROTO_TCP, "known protocol")
        .jumpIf(R1, NOT_EQUAL, IPPROTO_UDP, "out")
        .label("known protocol");
  }

  private void whatStays() {
    KernelFields.load(code, R1, R8, fields.user());
    code.store(U32, field(SocketLayout.USER), R1);
    KernelFields.load(code, R1, R6, fields.iteratorFile());
    code.jumpIf(R1, EQUAL, 0, "out"); // it is not, but the verifier forgot
    KernelFields.load(code, R1, R1, fields.fileInode());
    KernelFields.load(code, R1, R1, fields.inodeNumber());
    code.store(U64, field(SocketLayout.INODE), R1);
    bothFamilies();
    socketCode.place(R8, field(SocketLayout.NAMESPACE), field(SocketLayout.CONTROL_GROUP));
    socketCode.process(R7, field(SocketLayout.PROCESS), field(SocketLayout.PROCESS_START));
    socketCode.addresses(R8, field(SocketLayout.LOCAL), field(SocketLayout.REMOTE));
  }

  private void bothFamilies() {
    KernelFields.load(code, R1, R8, fields.family());
    code.jumpIf(R1, EQUAL, SocketCode.AF_INET, "one family")
        .load(U8, R1, R8.at(fields.v6OnlyBit() / 8))
        .jumpIf(R1, HAS_ANY_OF, 1 << fields.v6OnlyBit() % 8, "one family")
        .store(U8, field(SocketLayout.BOTH_FAMILIES), 1)
        .label("one family");
  }

  /// Goes out when the connection ended meanwhile. One that is older than the programs gets its
  /// storage now, complete from the first moment, because the state program may come at any other.
  private void markTold() {
    socketCode.storageOf(R8);
    code.jumpIf(R0, NOT_EQUAL, 0, "has storage");
    clear(initial);
    code.store(U64, initial.at(StorageLayout.FLAGS), StorageLayout.FLAG_TOLD)
        .store(U32, initial.at(StorageLayout.PHASE), StorageLayout.PHASE_OLDER)
        .load(U8, R1, field(SocketLayout.STATE))
        .jumpIf(R1, NOT_EQUAL, TcpState.SYN_SENT.number(), "older")
        .store(U32, initial.at(StorageLayout.PHASE), StorageLayout.PHASE_CONNECTING)
        .label("older");
    socketCode.cookie(R8, initial.at(StorageLayout.GENERATION));
    code.store(U64, initial.at(StorageLayout.END + EndLayout.COOKIE), R0)
        .store(U64, initial.at(StorageLayout.GENERATION), 1);
    socketCode.addresses(
        R8,
        initial.at(StorageLayout.END + EndLayout.LOCAL),
        initial.at(StorageLayout.END + EndLayout.REMOTE));
    code.load(U32, R1, field(SocketLayout.LOCAL_PORT))
        .store(U32, initial.at(StorageLayout.END + EndLayout.LOCAL_PORT), R1);
    socketCode.place(
        R8,
        initial.at(StorageLayout.END + EndLayout.NAMESPACE),
        initial.at(StorageLayout.END + EndLayout.CONTROL_GROUP));
    socketCode.storageOf(R8, initial.at(0));
    code.jumpIf(R0, NOT_EQUAL, 0, "has storage");
    socketCode.lost(TracingMaps.LOST_STORAGE);
    code.jump("out")
        .label("has storage")
        .move(R9, R0)
        .load(U64, R1, R9.at(StorageLayout.FLAGS))
        .jumpIf(R1, HAS_ANY_OF, StorageLayout.FLAG_TOLD, "marked");
    notTooManyYoung();
    code.move(R1, StorageLayout.FLAG_TOLD)
        .atomicFetchOr(U64, R9.at(StorageLayout.FLAGS), R1)
        .label("marked")
        .store(U64, flags.at(0), R1)
        .jumpIf(R1, HAS_ANY_OF, StorageLayout.FLAG_CLOSED, "out")
        .load(U64, R1, R9.at(StorageLayout.END + EndLayout.COOKIE))
        .store(U64, field(SocketLayout.COOKIE), R1)
        .load(U8, R1, R9.at(StorageLayout.END + EndLayout.ROLE))
        .store(U8, field(SocketLayout.ROLE), R1);
  }

  /// Goes out when it is young, and enough of those were told.
  private void notTooManyYoung() {
    code.load(U32, R1, R9.at(StorageLayout.PHASE))
        .jumpIf(R1, NOT_EQUAL, StorageLayout.PHASE_ESTABLISHED, "tell")
        .call(Helper.KTIME_GET_NS)
        .load(U64, R1, R9.at(StorageLayout.END + EndLayout.TIME))
        .compute(R0, Arithmetic.SUB, R1)
        .moveWide(R1, YOUNG_NANOS)
        .jumpIf(R0, GREATER_OR_EQUAL, R1, "tell");
    socketCode.only(maps.walk);
    code.jumpIf(R0, EQUAL, 0, "out")
        .load(U64, R1, R0.at(WalkLayout.YOUNG))
        .jumpIf(R1, GREATER_OR_EQUAL, YOUNG_TOLD, "out")
        .compute(R1, Arithmetic.ADD, 1)
        .store(U64, R0.at(WalkLayout.YOUNG), R1)
        .label("tell");
  }

  /// The kernel counts the SYN of a side that sent one first as an acknowledged byte, but not that
  /// of a side which accepted (`tcp_snd_una_update` in net/ipv4/tcp_input.c): with nothing in
  /// flight the difference says who began a connection that nobody saw beginning.
  private void figures() {
    socketCode.figures(
        R8,
        field(SocketLayout.SENT),
        field(SocketLayout.RECEIVED),
        field(SocketLayout.RETRANSMITS));
    code.jumpIf(R0, EQUAL, 0, "no role");
    KernelFields.load(code, R1, R0, fields.roundTrip());
    code.store(U32, field(SocketLayout.ROUND_TRIP), R1)
        .load(U8, R1, field(SocketLayout.ROLE))
        .jumpIf(R1, NOT_EQUAL, EndLayout.ROLE_UNKNOWN, "no role")
        .load(U8, R1, field(SocketLayout.STATE))
        .jumpIf(R1, NOT_EQUAL, TcpState.ESTABLISHED.number(), "no role");
    KernelFields.load(code, R1, R0, fields.packetsOut());
    code.jumpIf(R1, NOT_EQUAL, 0, "no role");
    KernelFields.load(code, R1, R0, fields.written());
    KernelFields.load(code, R2, R0, fields.sendNext());
    code.jumpIf(R1, NOT_EQUAL, R2, "no role");
    KernelFields.load(code, R1, R0, fields.bytesAcknowledged());
    code.load(U64, R2, field(SocketLayout.SENT))
        .compute(R1, Arithmetic.SUB, R2)
        .move(R2, EndLayout.ROLE_CLIENT)
        .jumpIf(R1, EQUAL, 1, "role")
        .move(R2, EndLayout.ROLE_SERVER)
        .jumpIf(R1, NOT_EQUAL, 0, "no role")
        .label("role")
        .store(U8, field(SocketLayout.ROLE), R2)
        .label("no role");
  }

  /// Goes out when all was told before, unless this walk told it.
  private void onlyWhatChanged() {
    socketCode.only(maps.walk);
    code.jumpIf(R0, EQUAL, 0, "out")
        .load(U64, R1, flags.at(0))
        .compute(R1, Arithmetic.AND, StorageLayout.FLAG_TOLD)
        .jumpIf(R1, EQUAL, 0, "changed")
        .load(U64, R1, R0.at(WalkLayout.EVERYTHING))
        .jumpIf(R1, NOT_EQUAL, 0, "changed")
        .load(U64, R1, R0.at(WalkLayout.NUMBER))
        .load(U64, R2, R9.at(StorageLayout.TOLD_WALK))
        .jumpIf(R1, EQUAL, R2, "changed");
    for (int offset = 0; offset < SocketLayout.CHANGING_SIZE; offset += Long.BYTES) {
      code.load(U64, R1, field(SocketLayout.CHANGING + offset))
          .load(U64, R2, R9.at(StorageLayout.TOLD + offset))
          .jumpIf(R1, NOT_EQUAL, R2, "changed");
    }
    code.jump("out")
        .label("changed")
        .load(U64, R1, R0.at(WalkLayout.NUMBER))
        .store(U64, R9.at(StorageLayout.TOLD_WALK), R1);
    socketCode.copy(
        R9.at(StorageLayout.TOLD), field(SocketLayout.CHANGING), SocketLayout.CHANGING_SIZE);
  }

  /// Tells the other end, when that is over and waits for this one, which a scan has met now.
  private void endThatWaits() {
    code.load(U32, R1, R9.at(StorageLayout.PAIRED))
        .jumpIf(R1, EQUAL, 0, "rest")
        .load(U8, R1, R9.at(StorageLayout.END + EndLayout.ROLE))
        .jumpIf(R1, EQUAL, EndLayout.ROLE_CLIENT, "client");
    endThatWaits(false);
    code.label("client");
    endThatWaits(true);
  }

  private void endThatWaits(boolean client) {
    int told = client ? PairLayout.FLAG_CLIENT_TOLD : PairLayout.FLAG_SERVER_TOLD;
    int otherClosed = client ? PairLayout.FLAG_SERVER_CLOSED : PairLayout.FLAG_CLIENT_CLOSED;
    int otherTaken = client ? PairLayout.FLAG_SERVER_TAKEN : PairLayout.FLAG_CLIENT_TAKEN;
    int otherTold = client ? PairLayout.FLAG_SERVER_TOLD : PairLayout.FLAG_CLIENT_TOLD;
    Memory other = R9.at(client ? PairLayout.SERVER : PairLayout.CLIENT);
    String wasTold = code.newLabel("was told");
    socketCode.lookup(maps.pairs, R9.at(StorageLayout.PAIR_KEY));
    code.jumpIf(R0, EQUAL, 0, "rest")
        .move(R9, R0)
        .move(R1, told)
        .atomicFetchOr(U64, R9.at(PairLayout.FLAGS), R1)
        .move(R2, R1)
        .compute(R2, Arithmetic.AND, otherClosed | otherTold)
        .jumpIf(R2, NOT_EQUAL, otherClosed, wasTold)
        .move(R1, otherTaken)
        .atomicFetchOr(U64, R9.at(PairLayout.FLAGS), R1)
        .jumpIf(R1, HAS_ANY_OF, otherTaken, wasTold);
    socketCode.tell(other);
    code.label(wasTold).jump("rest");
  }

  private void clear(StackSlot slot) {
    for (int offset = 0; offset < slot.size(); offset += Long.BYTES) {
      code.store(U64, slot.at(offset), 0);
    }
  }

  private Memory field(int offset) {
    return record.at(offset);
  }
}
