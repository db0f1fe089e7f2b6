package dev.otelscope.probe.tracing;

import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.HAS_ANY_OF;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.NOT_EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R0;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R1;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R2;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R3;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R4;
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

/// Runs at each change of a TCP socket's state (`inet_sock_set_state`), just before it.
final class StateProgram {
  /*
   * What is known when
   *   SYN_SENT      Runs in the thread that connects: the client's process.
   *   ESTABLISHED   Runs when a packet came, in whatever thread that interrupted. A client is known
   *                 since SYN_SENT; of a server nobody knows yet who will accept it.
   *   FIN_WAIT1, LAST_ACK
   *                 Runs in the thread that closes. If the owner is not known yet, it is this one.
   *   CLOSE         Runs anywhere. If the socket was shut down in both directions before, without
   *                 a FIN having been sent, its owner is closing it with a reset right now.
   *
   * Interrupted
   *   The kernel does not run a program that is at work on the same processor
   *   (`active` of `struct bpf_prog`, kernel/trace/bpf_trace.c, `__bpf_trace_run`): a packet that
   *   comes in by an interrupt meanwhile changes the state of a socket unseen. Of connections on two
   *   busy processors that was one in two to five thousand. So the program is attached twice. The
   *   second one finds what the first one has done and leaves it; it does what that has missed.
   *   Only an interrupt can come between, and in an interrupt no other one, so there is never need
   *   for a third. Some changes are still seen by neither, nor by a third, for a reason that is not
   *   known (docs/performance.md, "What is lost when all processors are busy").
   *
   * Registers after the beginning
   *   r6 storage of the socket   r7 socket   r8 pair   r9 state before, later flags before
   */
  private static final int BOTH_DIRECTIONS = 3;
  private static final int NO_EXIST = 1; // BPF_NOEXIST

  private static final int EXISTS = -17; // -EEXIST
  private static final int EPIPE = 32;
  private static final int ENETDOWN = 100;
  private static final int ENETUNREACH = 101;
  private static final int ECONNABORTED = 103;
  private static final int ECONNRESET = 104;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;
  private static final int EHOSTDOWN = 112;
  private static final int EHOSTUNREACH = 113;

  private static final long LOOPBACK_V6_LOW = 0x0100_0000_0000_0000L; // the byte 1 comes last

  private static final Memory END = R6.at(StorageLayout.END);
  private static final Memory PAIR_KEY = R6.at(StorageLayout.PAIR_KEY);

  private final ProgramBuilder code;
  private final KernelFields fields;
  private final TracingMaps maps;
  private final SocketCode socketCode;
  private final PastCode pastCode;
  private final StackSlot initial;
  private final StackSlot single;

  private StateProgram(String name, KernelFields fields, TracingMaps maps) {
    this.code = new ProgramBuilder(name);
    this.fields = fields;
    this.maps = maps;
    socketCode = new SocketCode(code, fields, maps);
    pastCode = new PastCode(code, maps, socketCode);
    initial = code.slot("initial", StorageLayout.SIZE);
    single = code.slot("single", SingleLayout.KEY_SIZE);
  }

  static Program of(KernelFields fields, TracingMaps maps) {
    return new StateProgram("ots_state", fields, maps).write(true);
  }

  /// For what [#of] misses.
  static Program again(KernelFields fields, TracingMaps maps) {
    return new StateProgram("ots_state_again", fields, maps).write(false);
  }

  /// @param whole also what no interrupt does: only a process begins to connect or to close
  private Program write(boolean whole) {
    code.load(U64, R7, R1.at(0)).load(U32, R9, R1.at(8)).load(U32, R8, R1.at(16));
    socketCode.onlyTcp(R7, "out");
    if (whole) {
      code.jumpIf(R8, EQUAL, TcpState.SYN_SENT.number(), "connecting")
          .jumpIf(R8, EQUAL, TcpState.FIN_WAIT1.number(), "closing")
          .jumpIf(R8, EQUAL, TcpState.LAST_ACK.number(), "closing");
    }
    code.jumpIf(R8, EQUAL, TcpState.ESTABLISHED.number(), "established")
        .jumpIf(R8, EQUAL, TcpState.CLOSE.number(), "closed")
        .label("out")
        .move(R0, 0)
        .exit();
    if (whole) {
      code.label("connecting");
      connecting();
      code.label("closing");
      closing();
    }
    code.label("established");
    established();
    code.label("closed");
    closed();
    return code.build();
  }

  private void connecting() {
    makeStorage();
    socketCode.currentProcess(end(EndLayout.PROCESS), end(EndLayout.PROCESS_START));
    begin(EndLayout.ROLE_CLIENT, StorageLayout.PHASE_CONNECTING);
    socketCode.addresses(R7, end(EndLayout.LOCAL), end(EndLayout.REMOTE));
    socketCode.ports(R7, end(EndLayout.LOCAL_PORT), end(EndLayout.REMOTE_PORT));
    code.store(U64, R6.at(StorageLayout.FLAGS), 0).jump("out");
  }

  /// A client's storage is there already; who has none is a server, or older than the programs.
  private void established() {
    socketCode.storageOf(R7);
    code.jumpIf(R0, EQUAL, 0, "accepted")
        .move(R6, R0)
        .load(U32, R1, R6.at(StorageLayout.PHASE))
        .jumpIf(R1, EQUAL, StorageLayout.PHASE_CONNECTING, "connected")
        .jumpIf(R1, NOT_EQUAL, StorageLayout.PHASE_OVER, "out")
        .label("accepted")
        .jumpIf(R9, NOT_EQUAL, TcpState.SYN_RECV.number(), "out");
    makeStorage();
    code.store(U64, end(EndLayout.PROCESS), 0).store(U64, end(EndLayout.PROCESS_START), 0);
    begin(EndLayout.ROLE_SERVER, StorageLayout.PHASE_ESTABLISHED);
    nowEstablished();
    pairKey(EndLayout.REMOTE, EndLayout.REMOTE_PORT, EndLayout.LOCAL, EndLayout.LOCAL_PORT);
    code.store(U64, R6.at(StorageLayout.FLAGS), 0);
    findPair();
    code.label("connected");
    nowEstablished();
    code.store(U32, R6.at(StorageLayout.PHASE), StorageLayout.PHASE_ESTABLISHED)
        .store(U8, end(EndLayout.ROLE), EndLayout.ROLE_CLIENT); // also of one that is older
    pairKey(EndLayout.LOCAL, EndLayout.LOCAL_PORT, EndLayout.REMOTE, EndLayout.REMOTE_PORT);
    makePair();
  }

  private void closing() {
    socketCode.storageOf(R7);
    code.jumpIf(R0, EQUAL, 0, "out")
        .move(R6, R0)
        .load(U64, R1, end(EndLayout.PROCESS))
        .jumpIf(R1, NOT_EQUAL, 0, "out");
    socketCode.currentProcess(end(EndLayout.PROCESS), end(EndLayout.PROCESS_START));
    code.jump("out");
  }

  private void closed() {
    socketCode.storageOf(R7);
    code.jumpIf(R0, EQUAL, 0, "out")
        .move(R6, R0)
        .load(U32, R1, R6.at(StorageLayout.PHASE))
        .jumpIf(R1, EQUAL, StorageLayout.PHASE_OVER, "out")
        .jumpIf(R1, EQUAL, StorageLayout.PHASE_CONNECTING, "failed");
    ownerOfReset();
    socketCode.figures(
        R7, end(EndLayout.SENT), end(EndLayout.RECEIVED), end(EndLayout.RETRANSMITS));
    code.call(Helper.KTIME_GET_NS)
        .load(U64, R1, end(EndLayout.TIME))
        .compute(R0, Arithmetic.SUB, R1)
        .store(U64, end(EndLayout.TIME), R0)
        .store(U8, end(EndLayout.ESTABLISHED), 1);
    endingOfEstablished();
    finish();
    code.load(U32, R1, R6.at(StorageLayout.PAIRED)).jumpIf(R1, EQUAL, 0, "single");
    socketCode.lookup(maps.pairs, PAIR_KEY);
    code.jumpIf(R0, EQUAL, 0, "single")
        .move(R8, R0)
        .load(U8, R1, end(EndLayout.ROLE))
        .jumpIf(R1, EQUAL, EndLayout.ROLE_CLIENT, "client");
    closePaired(false);
    code.label("client");
    closePaired(true);
    code.label("failed");
    endingOfFailed();
    finish();
    code.label("single")
        .jumpIf(R9, HAS_ANY_OF, StorageLayout.FLAG_TOLD, "tell")
        .load(U64, R1, end(EndLayout.PROCESS))
        .jumpIf(R1, EQUAL, 0, "tell");
    findSingle();
    code.jumpIf(R0, NOT_EQUAL, 0, "tell");
    pastCode.add(END, "tell");
    code.jump("out").label("tell");
    socketCode.tell(END);
    code.jump("out");
  }

  /// `r6 = storage`, made if need be.
  private void makeStorage() {
    for (int offset = 0; offset < StorageLayout.SIZE; offset += Long.BYTES) {
      code.store(U64, initial.at(offset), 0);
    }
    socketCode.storageOf(R7, initial.at(0));
    String made = code.newLabel("made");
    code.jumpIf(R0, NOT_EQUAL, 0, made);
    socketCode.lost(TracingMaps.LOST_STORAGE);
    code.jump("out").label(made).move(R6, R0);
  }

  private void begin(int role, int phase) {
    socketCode.cookie(R7, R6.at(StorageLayout.GENERATION));
    code.store(U64, end(EndLayout.COOKIE), R0)
        .load(U64, R1, R6.at(StorageLayout.GENERATION))
        .compute(R1, Arithmetic.ADD, 1)
        .store(U64, R6.at(StorageLayout.GENERATION), R1)
        .store(U32, R6.at(StorageLayout.PHASE), phase)
        .store(U32, R6.at(StorageLayout.PAIRED), 0)
        .store(U64, end(EndLayout.SENT), 0)
        .store(U64, end(EndLayout.RECEIVED), 0)
        .store(U64, end(EndLayout.RETRANSMITS), 0) // and the ending
        .store(U64, end(EndLayout.TIME), 0)
        .store(U8, end(EndLayout.ROLE), role)
        .store(U8, end(EndLayout.ESTABLISHED), 0);
    socketCode.place(R7, end(EndLayout.NAMESPACE), end(EndLayout.CONTROL_GROUP));
  }

  private void nowEstablished() {
    socketCode.addresses(R7, end(EndLayout.LOCAL), end(EndLayout.REMOTE));
    socketCode.ports(R7, end(EndLayout.LOCAL_PORT), end(EndLayout.REMOTE_PORT));
    code.call(Helper.KTIME_GET_NS).store(U64, end(EndLayout.TIME), R0);
  }

  private void pairKey(int client, int clientPort, int server, int serverPort) {
    String global = code.newLabel("global");
    String local = code.newLabel("local");
    String scope = code.newLabel("scope");
    code.load(U16, R1, end(clientPort))
        .store(U16, PAIR_KEY.plus(PairLayout.KEY_CLIENT_PORT), R1)
        .load(U16, R1, end(serverPort))
        .store(U16, PAIR_KEY.plus(PairLayout.KEY_SERVER_PORT), R1);
    socketCode.copy(PAIR_KEY.plus(PairLayout.KEY_CLIENT), end(client), 16);
    socketCode.copy(PAIR_KEY.plus(PairLayout.KEY_SERVER), end(server), 16);
    code.load(U64, R1, end(server))
        .jumpIf(R1, NOT_EQUAL, 0, global)
        .load(U64, R1, end(server + 8))
        .moveWide(R2, LOOPBACK_V6_LOW)
        .jumpIf(R1, EQUAL, R2, local)
        .load(U8, R1, end(server + 12))
        .jumpIf(R1, NOT_EQUAL, 127, global)
        .label(local)
        .load(U32, R1, end(EndLayout.NAMESPACE))
        .jump(scope)
        .label(global)
        .move(R1, 0)
        .label(scope)
        .store(U32, PAIR_KEY.plus(PairLayout.KEY_SCOPE), R1);
  }

  private void makePair() {
    socketCode.only(maps.blank);
    code.jumpIf(R0, EQUAL, 0, "out")
        .move(R3, R0)
        .moveMap(R1, maps.pairs.descriptor())
        .moveAddress(R2, PAIR_KEY)
        .move(R4, NO_EXIST)
        .call(Helper.MAP_UPDATE_ELEM)
        .jumpIf(R0, EQUAL, EXISTS, "ambiguous")
        .jumpIf(R0, NOT_EQUAL, 0, "no pair")
        .store(U32, R6.at(StorageLayout.PAIRED), 1)
        .jump("out")
        .label("no pair");
    socketCode.lost(TracingMaps.LOST_PAIRS);
    code.jump("out").label("ambiguous");
    socketCode.lookup(maps.pairs, PAIR_KEY);
    code.jumpIf(R0, EQUAL, 0, "out")
        .move(R1, PairLayout.FLAG_AMBIGUOUS)
        .atomicFetchOr(U64, R0.at(PairLayout.FLAGS), R1)
        .jump("out");
  }

  private void findPair() {
    socketCode.lookup(maps.pairs, PAIR_KEY);
    code.jumpIf(R0, EQUAL, 0, "out")
        .move(R1, PairLayout.FLAG_PAIRED)
        .atomicFetchOr(U64, R0.at(PairLayout.FLAGS), R1)
        .jumpIf(
            R1,
            HAS_ANY_OF,
            PairLayout.FLAG_PAIRED | PairLayout.FLAG_AMBIGUOUS | PairLayout.FLAG_CLIENT_CLOSED,
            "out")
        .store(U32, R6.at(StorageLayout.PAIRED), 1)
        .jump("out");
  }

  private void ownerOfReset() {
    String known = code.newLabel("known");
    String resetting = code.newLabel("resetting");
    code.load(U64, R1, end(EndLayout.PROCESS)).jumpIf(R1, NOT_EQUAL, 0, known);
    KernelFields.load(code, R1, R7, fields.shutdown());
    code.compute(R1, Arithmetic.AND, BOTH_DIRECTIONS)
        .jumpIf(R1, NOT_EQUAL, BOTH_DIRECTIONS, known)
        .jumpIf(R9, EQUAL, TcpState.ESTABLISHED.number(), resetting)
        .jumpIf(R9, NOT_EQUAL, TcpState.CLOSE_WAIT.number(), known)
        .label(resetting);
    socketCode.currentProcess(end(EndLayout.PROCESS), end(EndLayout.PROCESS_START));
    code.label(known);
  }

  private void endingOfEstablished() {
    String done = code.newLabel("ending");
    String reset = code.newLabel("reset");
    String orderly = code.newLabel("orderly");
    KernelFields.load(code, R1, R7, fields.error());
    for (int error : new int[] {ECONNRESET, EPIPE, ECONNABORTED}) {
      code.jumpIf(R1, EQUAL, error, reset);
    }
    code.jumpIf(R1, NOT_EQUAL, 0, orderly)
        .jumpIf(R9, EQUAL, TcpState.ESTABLISHED.number(), reset)
        .jumpIf(R9, EQUAL, TcpState.CLOSE_WAIT.number(), reset)
        .label(orderly)
        .store(U32, end(EndLayout.ENDING), EndLayout.ENDING_ORDERLY)
        .jump(done)
        .label(reset)
        .store(U32, end(EndLayout.ENDING), EndLayout.ENDING_RESET)
        .label(done);
  }

  private void endingOfFailed() {
    String done = code.newLabel("cause");
    KernelFields.load(code, R1, R7, fields.error());
    code.move(R2, EndLayout.ENDING_REFUSED)
        .jumpIf(R1, EQUAL, ECONNREFUSED, done)
        .move(R2, EndLayout.ENDING_TIMED_OUT)
        .jumpIf(R1, EQUAL, ETIMEDOUT, done)
        .move(R2, EndLayout.ENDING_UNREACHABLE);
    for (int error : new int[] {EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN}) {
      code.jumpIf(R1, EQUAL, error, done);
    }
    code.move(R2, EndLayout.ENDING_ABANDONED).label(done).store(U32, end(EndLayout.ENDING), R2);
  }

  /// From here on a scan does not tell this connection any more; `r9 = flags before`.
  private void finish() {
    code.store(U32, R6.at(StorageLayout.PHASE), StorageLayout.PHASE_OVER)
        .move(R9, StorageLayout.FLAG_CLOSED)
        .atomicFetchOr(U64, R6.at(StorageLayout.FLAGS), R9);
  }

  /// Leaves the figures for the other end, or adds up both.
  private void closePaired(boolean client) {
    String prefix = client ? "client " : "server ";
    Memory own = R8.at(client ? PairLayout.CLIENT : PairLayout.SERVER);
    Memory other = R8.at(client ? PairLayout.SERVER : PairLayout.CLIENT);
    int closed = client ? PairLayout.FLAG_CLIENT_CLOSED : PairLayout.FLAG_SERVER_CLOSED;
    int told = client ? PairLayout.FLAG_CLIENT_TOLD : PairLayout.FLAG_SERVER_TOLD;
    int otherClosed = client ? PairLayout.FLAG_SERVER_CLOSED : PairLayout.FLAG_CLIENT_CLOSED;
    int otherTold = client ? PairLayout.FLAG_SERVER_TOLD : PairLayout.FLAG_CLIENT_TOLD;
    int ownTaken = client ? PairLayout.FLAG_CLIENT_TAKEN : PairLayout.FLAG_SERVER_TAKEN;
    int otherTaken = client ? PairLayout.FLAG_SERVER_TAKEN : PairLayout.FLAG_CLIENT_TAKEN;
    socketCode.copy(own, END, EndLayout.SIZE);
    code.move(R1, closed)
        .jumpIf(R9, EQUAL, 0, prefix + "not told")
        .move(R1, closed | told)
        .label(prefix + "not told")
        .atomicFetchOr(U64, R8.at(PairLayout.FLAGS), R1);
    if (client) {
      code.jumpIf(R1, HAS_ANY_OF, PairLayout.FLAG_PAIRED, prefix + "paired");
      removePair();
      code.jump("single").label(prefix + "paired");
    }
    code.jumpIf(R1, HAS_ANY_OF, otherClosed, prefix + "second")
        .jumpIf(R9, HAS_ANY_OF, StorageLayout.FLAG_TOLD, "tell")
        .jumpIf(R1, HAS_ANY_OF, otherTold, prefix + "take own")
        .jump("out") // until the other end comes, or a scan meets it
        .label(prefix + "take own")
        .move(R1, ownTaken)
        .atomicFetchOr(U64, R8.at(PairLayout.FLAGS), R1)
        .jumpIf(R1, HAS_ANY_OF, ownTaken, "out")
        .jump("tell")
        .label(prefix + "second")
        .jumpIf(R1, HAS_ANY_OF, otherTold, prefix + "other told")
        .jumpIf(R9, HAS_ANY_OF, StorageLayout.FLAG_TOLD, prefix + "take other");
    pastCode.addPaired(END, other, prefix + "own does not fit");
    pastCode.addPaired(other, END, prefix + "other does not fit");
    removePair();
    code.jump("out").label(prefix + "own does not fit");
    socketCode.tell(END);
    code.label(prefix + "other does not fit");
    socketCode.tell(other);
    removePair();
    code.jump("out")
        .label(prefix + "take other")
        .move(R1, otherTaken)
        .atomicFetchOr(U64, R8.at(PairLayout.FLAGS), R1)
        .jumpIf(R1, HAS_ANY_OF, otherTaken, prefix + "other told");
    socketCode.tell(other);
    code.label(prefix + "other told");
    removePair();
    code.jump("tell");
  }

  /// `r0` is not 0 if connections to this one's server are told one by one.
  private void findSingle() {
    code.load(U8, R1, end(EndLayout.ROLE)).jumpIf(R1, EQUAL, EndLayout.ROLE_SERVER, "own address");
    singleKey(EndLayout.REMOTE, EndLayout.REMOTE_PORT);
    code.jump("single key").label("own address");
    singleKey(EndLayout.LOCAL, EndLayout.LOCAL_PORT);
    code.label("single key")
        .store(U16, single.at(SingleLayout.KEY_PADDING), 0)
        .store(U32, single.at(SingleLayout.KEY_PADDING + 2), 0);
    socketCode.lookup(maps.singles, single.at(0));
  }

  private void singleKey(int server, int serverPort) {
    socketCode.copy(single.at(SingleLayout.KEY_ADDRESS), end(server), 16);
    code.load(U16, R1, end(serverPort)).store(U16, single.at(SingleLayout.KEY_PORT), R1);
  }

  private void removePair() {
    code.moveMap(R1, maps.pairs.descriptor())
        .moveAddress(R2, PAIR_KEY)
        .call(Helper.MAP_DELETE_ELEM);
  }

  private static Memory end(int field) {
    return END.plus(field);
  }
}
