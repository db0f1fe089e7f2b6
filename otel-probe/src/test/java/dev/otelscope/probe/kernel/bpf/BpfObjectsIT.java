package dev.otelscope.probe.kernel.bpf;

import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.NOT_EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R0;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R1;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R2;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R3;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R4;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R6;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U32;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U64;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.assembly.Arithmetic;
import dev.otelscope.probe.kernel.bpf.assembly.Helper;
import dev.otelscope.probe.kernel.bpf.assembly.ProgramBuilder;
import dev.otelscope.probe.kernel.bpf.assembly.StackSlot;
import dev.otelscope.probe.kernel.bpf.btf.Btf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Maps, programs and links in the running kernel. Programs count only what this process does, so
/// that other connections of the machine do not disturb.
@Requires(Need.EBPF)
class BpfObjectsIT {
  private static final long PID = ProcessHandle.current().pid();

  private Btf btf;

  @BeforeEach
  void openTypes() throws IOException {
    btf = Btf.ofKernel();
  }

  @AfterEach
  void closeTypes() {
    btf.close();
  }

  @Test
  void aHashMapIsReadAndEmptiedInBatchesAndOneByOne() throws IOException {
    Map<Long, Long> expected = new HashMap<>();
    try (BpfMap map = BpfMap.hash("numbers", 8, 8, 5_000)) {
      MapReader reader = new MapReader(map);
      for (boolean batches : new boolean[] {true, false}) {
        expected.clear();
        for (long i = 0; i < 5_000; i++) {
          put(map, i, 3 * i);
          expected.put(i, 3 * i);
        }
        Map<Long, Long> found = new HashMap<>();
        MapReader.Visitor keep =
            (keys, key, values, value) ->
                assertThat(found.put(keys.getLong(key), values.getLong(value))).isNull();

        if (batches) {
          reader.drain(map, keep);
        } else {
          reader.drainOneByOne(map, keep);
        }

        assertThat(found).isEqualTo(expected);
        found.clear();
        reader.drain(map, keep);
        assertThat(found).isEmpty();
      }
    }
  }

  @Test
  void keysComeAndGo() throws IOException {
    try (BpfMap map = BpfMap.hash("keys", 8, 8, 10);
        Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(JAVA_LONG, 7);
      MemorySegment value = arena.allocate(JAVA_LONG);

      assertThat(map.lookup(key, value)).isFalse();
      put(map, 7, 70);
      assertThat(map.lookup(key, value)).isTrue();
      assertThat(value.get(JAVA_LONG, 0)).isEqualTo(70);
      assertThat(map.delete(key)).isTrue();
      assertThat(map.delete(key)).isFalse();
    }
  }

  @Test
  void aClosedObjectIsNotUsed() throws IOException {
    BpfMap map = BpfMap.array("gone", 8, 1);
    map.close();
    map.close();

    assertThatThrownBy(map::descriptor).hasMessage("gone is closed");
  }

  @Test
  void aRefusedProgramComesWithTheVerifiersWords() {
    ProgramBuilder wrong = new ProgramBuilder("wrong").exit();

    assertThatThrownBy(
            () -> BpfProgram.forTracepoint(wrong.build(), btf.tracepoint("inet_sock_set_state")))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("bpf(PROG_LOAD, program wrong) failed with EACCES")
        .hasMessageContaining("R0 !read_ok");
  }

  @Test
  void aMissingPrivilegeIsNamed() {
    assertThat(BpfCommand.PROG_LOAD.failure("program p", Errno.EPERM))
        .hasMessageContaining("CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN");
  }

  @Test
  void recordsOfAProgramComeInOrderAlsoAroundTheEndOfTheRing() throws IOException {
    ProgramBuilder builder = onlyThisProcess("ring_test");
    StackSlot record = builder.slot("record", 24);
    try (BpfMap ring = BpfMap.ringBuffer("events", 4096);
        RingBuffer reader = RingBuffer.map(ring)) {
      builder
          .load(U32, R1, R6.at(16)) // the new state
          .store(U64, record.at(0), R1)
          .call(Helper.KTIME_GET_NS)
          .store(U64, record.at(8), R0)
          .store(U64, record.at(16), 42)
          .moveMap(R1, ring.descriptor())
          .moveAddress(R2, record)
          .move(R3, 20)
          .move(R4, 0)
          .call(Helper.RINGBUF_OUTPUT);
      try (BpfLink link = attach(builder)) {
        long[] last = {0, 0};
        for (int i = 0; i < 50; i++) {
          connect();
          reader.drain((bytes, at, length) -> {
            assertThat(length).isEqualTo(20);
            assertThat(bytes.getLong(at)).isBetween(1L, 12L);
            assertThat(bytes.getLong(at + 8)).isGreaterThanOrEqualTo(last[0]);
            assertThat(bytes.getInt(at + 16)).isEqualTo(42);
            last[0] = bytes.getLong(at + 8);
            last[1]++;
          });
        }
        assertThat(last[1]).isGreaterThan(4096 / 32);
        assertThat(link.descriptor()).isPositive();
      }
    }
  }

  @Test
  void countersAreAddedUpOverProcessors() throws IOException {
    ProgramBuilder builder = onlyThisProcess("count_test");
    StackSlot key = builder.slot("key", 4);
    try (BpfMap counters = BpfMap.counters("counters", 2)) {
      builder
          .store(U32, key.at(0), 1)
          .moveMap(R1, counters.descriptor())
          .moveAddress(R2, key)
          .call(Helper.MAP_LOOKUP_ELEM)
          .jumpIf(R0, EQUAL, 0, "out")
          .load(U64, R1, R0.at(0))
          .compute(R1, Arithmetic.ADD, 1)
          .store(U64, R0.at(0), R1);
      try (BpfLink _ = attach(builder)) {
        connect();
      }
      long counted = counters.sumOverProcessors(1);
      connect();

      assertThat(counted).isPositive();
      assertThat(counters.sumOverProcessors(1)).as("the program is gone").isEqualTo(counted);
      assertThat(counters.sumOverProcessors(0)).isZero();
    }
  }

  @Test
  void aMapIsExchangedUnderARunningProgram() throws IOException {
    ProgramBuilder builder = onlyThisProcess("swap_test");
    StackSlot key = builder.slot("key", 4);
    StackSlot value = builder.slot("value", 8);
    try (BpfMap first = BpfMap.hash("first", 4, 8, 8);
        BpfMap second = BpfMap.hash("second", 4, 8, 8);
        BpfMap holder = BpfMap.holderOf("holder", first)) {
      builder
          .store(U32, key.at(0), 0)
          .store(U64, value.at(0), 1)
          .moveMap(R1, holder.descriptor())
          .moveAddress(R2, key)
          .call(Helper.MAP_LOOKUP_ELEM)
          .jumpIf(R0, EQUAL, 0, "out")
          .move(R1, R0)
          .moveAddress(R2, key)
          .moveAddress(R3, value)
          .move(R4, 0)
          .call(Helper.MAP_UPDATE_ELEM);
      try (BpfLink _ = attach(builder)) {
        connect();
        assertThat(size(first)).isEqualTo(1);
        holder.replaceInner(second);
        connect();
      }
      assertThat(size(first)).isZero(); // it was emptied, and nothing came after
      assertThat(size(second)).isEqualTo(1);
    }
  }

  @Test
  void anIteratorMeetsTheFilesOfThisProcess() throws IOException {
    int inode = btf.offsetOf("file", "f_inode");
    int pid = btf.offsetOf("task_struct", "tgid");
    int sequence = btf.offsetOf("bpf_iter_meta", "seq");
    int number = btf.offsetOf("inode", "i_ino");
    ProgramBuilder builder = new ProgramBuilder("iter_test");
    StackSlot record = builder.slot("record", 16);
    builder
        .move(R6, R1)
        .load(U64, R1, R6.at(btf.offsetOf("bpf_iter__task_file", "task")))
        .jumpIf(R1, EQUAL, 0, "out")
        .load(U32, R2, R1.at(pid))
        .store(U64, record.at(0), R2)
        .load(U64, R1, R6.at(btf.offsetOf("bpf_iter__task_file", "file")))
        .jumpIf(R1, EQUAL, 0, "out")
        .load(U64, R1, R1.at(inode))
        .load(U64, R1, R1.at(number))
        .store(U64, record.at(8), R1)
        .load(U64, R1, R6.at(btf.offsetOf("bpf_iter__task_file", "meta")))
        .load(U64, R1, R1.at(sequence))
        .moveAddress(R2, record)
        .move(R3, 16)
        .call(Helper.SEQ_WRITE)
        .label("out")
        .move(R0, 0)
        .exit();
    IteratorOutput output = new IteratorOutput();
    try (BpfProgram program =
            BpfProgram.forIterator(builder.build(), btf.function("bpf_iter_task_file"));
        BpfLink link = BpfLink.iterator(program)) {
      link.iterate(output);
    }

    assertThat(output.length()).isPositive();
    assertThat(output.length() % 16).isZero();
    int own = 0;
    for (int at = 0; at < output.length(); at += 16) {
      own += output.bytes().getLong(at) == PID ? 1 : 0;
    }
    assertThat(own).isPositive();
  }

  @Test
  void aSocketKeepsItsStorage() throws IOException {
    ProgramBuilder builder = onlyThisProcess("storage_test");
    StackSlot zero = builder.slot("zero", 4);
    try (BpfMap storage = BpfMap.socketStorage("storage", 2);
        BpfMap counters = BpfMap.counters("repeated", 1)) {
      builder
          .moveMap(R1, storage.descriptor())
          .load(U64, R2, R6.at(0)) // the socket
          .move(R3, 0)
          .move(R4, 1) // make it when it is not there
          .call(Helper.SK_STORAGE_GET)
          .jumpIf(R0, EQUAL, 0, "out")
          .load(U64, R1, R0.at(8))
          .store(U64, R0.at(8), 1)
          .jumpIf(R1, NOT_EQUAL, 1, "out") // first sight
          .store(U32, zero.at(0), 0)
          .moveMap(R1, counters.descriptor())
          .moveAddress(R2, zero)
          .call(Helper.MAP_LOOKUP_ELEM)
          .jumpIf(R0, EQUAL, 0, "out")
          .move(R1, 1)
          .atomicAdd(U64, R0.at(0), R1);
      try (BpfLink _ = attach(builder)) {
        connect();
      }
      assertThat(counters.sumOverProcessors(0)).isPositive();
    }
  }

  /// Goes on only for state changes that this process makes itself; the context is in `r6`.
  private static ProgramBuilder onlyThisProcess(String name) {
    return new ProgramBuilder(name)
        .move(R6, R1)
        .call(Helper.GET_CURRENT_PID_TGID)
        .compute(R0, Arithmetic.SHIFT_RIGHT, 32)
        .jumpIf(R0, NOT_EQUAL, (int) PID, "out");
  }

  private BpfLink attach(ProgramBuilder builder) throws IOException {
    builder.label("out").move(R0, 0).exit();
    try (BpfProgram program =
        BpfProgram.forTracepoint(builder.build(), btf.tracepoint("inet_sock_set_state"))) {
      return BpfLink.tracepoint(program);
    }
  }

  private static void connect() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      server.accept().close();
      assertThat(client.isConnected()).isTrue();
    }
  }

  private static int size(BpfMap map) throws IOException {
    int[] count = new int[1];
    new MapReader(map).drain(map, (keys, key, values, value) -> count[0]++);
    return count[0];
  }

  private static void put(BpfMap map, long key, long value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      map.update(arena.allocateFrom(JAVA_LONG, key), arena.allocateFrom(JAVA_LONG, value));
    }
  }
}
