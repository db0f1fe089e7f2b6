package dev.otelscope.probe.tracing;

import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.NOT_EQUAL;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R0;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R1;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R2;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R3;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R4;
import static dev.otelscope.probe.kernel.bpf.assembly.Register.R8;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U16;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U32;
import static dev.otelscope.probe.kernel.bpf.assembly.Width.U64;

import dev.otelscope.probe.kernel.bpf.BpfMap;
import dev.otelscope.probe.kernel.bpf.assembly.Arithmetic;
import dev.otelscope.probe.kernel.bpf.assembly.Helper;
import dev.otelscope.probe.kernel.bpf.assembly.Memory;
import dev.otelscope.probe.kernel.bpf.assembly.ProgramBuilder;
import dev.otelscope.probe.kernel.bpf.assembly.Register;
import dev.otelscope.probe.kernel.bpf.assembly.StackSlot;

/// Pieces of code that both programs have: each method adds one. They use `r0` to `r5`, and leave
/// the others as they are.
final class SocketCode {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int IPPROTO_TCP = 6;

  /// `BPF_RB_NO_WAKEUP`: the probe comes by itself.
  private static final int NO_WAKEUP = 1;

  /// The bytes `00 00 ff ff` before an IPv4 address, as a little-endian number.
  private static final int MAPPED = 0xFFFF_0000;

  private final ProgramBuilder code;
  private final KernelFields fields;
  private final TracingMaps maps;
  private final StackSlot index;

  SocketCode(ProgramBuilder code, KernelFields fields, TracingMaps maps) {
    this.code = code;
    this.fields = fields;
    this.maps = maps;
    index = code.slot("index", Integer.BYTES);
  }

  /// `r0 = storage of the socket`, or 0.
  ///
  /// @param initial where the value lies that a new one begins with; without it none is made
  void storageOf(Register socket, Memory... initial) {
    code.moveMap(R1, maps.storage.descriptor()).move(R2, socket);
    if (initial.length == 0) {
      code.move(R3, 0).move(R4, 0);
    } else {
      code.moveAddress(R3, initial[0]).move(R4, 1);
    }
    code.call(Helper.SK_STORAGE_GET);
  }

  /// `r0 = value`, or 0.
  ///
  /// @param key where it lies
  void lookup(BpfMap map, Memory key) {
    code.moveMap(R1, map.descriptor()).moveAddress(R2, key).call(Helper.MAP_LOOKUP_ELEM);
  }

  /// `r0 = the only value of an array of one`, or 0, which only the verifier believes in.
  void only(BpfMap map) {
    code.store(U32, index.at(0), 0);
    lookup(map, index.at(0));
  }

  /// Counts one thing that could not be told.
  void lost(int reason) {
    String over = code.newLabel("lost");
    code.store(U32, index.at(0), reason);
    lookup(maps.lost, index.at(0));
    code.jumpIf(R0, EQUAL, 0, over)
        .move(R1, 1)
        .atomicAdd(U64, R0.at(0), R1) // an interrupt of this processor may count, too
        .label(over);
  }

  /// Tells the probe of an end, from where it lies.
  void tell(Memory end) {
    String over = code.newLabel("told");
    code.moveMap(R1, maps.ring.descriptor())
        .moveAddress(R2, end)
        .move(R3, EndLayout.SIZE)
        .move(R4, NO_WAKEUP)
        .call(Helper.RINGBUF_OUTPUT)
        .jumpIf(R0, EQUAL, 0, over);
    lost(TracingMaps.LOST_RING);
    code.label(over);
  }

  /// Writes which namespace and control group the socket belongs to.
  void place(Register socket, Memory namespace, Memory controlGroup) {
    KernelFields.load(code, R1, socket, fields.network());
    KernelFields.load(code, R1, R1, fields.networkInode());
    code.store(U32, namespace, R1);
    KernelFields.load(code, R1, socket, fields.controlGroup());
    KernelFields.load(code, R1, R1, fields.controlGroupNode());
    KernelFields.load(code, R1, R1, fields.controlGroupId());
    code.store(U64, controlGroup, R1);
  }

  /// Writes both ports in network order.
  void ports(Register socket, Memory local, Memory remote) {
    KernelFields.load(code, R1, socket, fields.localPort());
    code.toNetworkOrder(R1, U16).store(U16, local, R1);
    KernelFields.load(code, R1, socket, fields.remotePort());
    code.store(U16, remote, R1);
  }

  /// Writes both addresses, sixteen bytes each.
  void addresses(Register socket, Memory local, Memory remote) {
    String v6 = code.newLabel("v6");
    String done = code.newLabel("addresses");
    KernelFields.load(code, R1, socket, fields.family());
    code.jumpIf(R1, EQUAL, AF_INET6, v6);
    code.load(U32, R1, socket.at(fields.localV4().offset()));
    mapped(local);
    code.load(U32, R1, socket.at(fields.remoteV4().offset()));
    mapped(remote);
    code.jump(done).label(v6);
    for (int part = 0; part < 16; part += Long.BYTES) {
      code.load(U64, R1, socket.at(fields.localV6().offset() + part))
          .store(U64, local.plus(part), R1)
          .load(U64, R1, socket.at(fields.remoteV6().offset() + part))
          .store(U64, remote.plus(part), R1);
    }
    code.label(done);
  }

  private void mapped(Memory address) {
    code.store(U64, address, 0)
        .store(U32, address.plus(8), MAPPED)
        .store(U32, address.plus(12), R1);
  }

  /// Writes the process of the running thread, and remembers what it is called and where it is.
  /// Uses `r8`.
  void currentProcess(Memory process, Memory start) {
    code.call(Helper.GET_CURRENT_TASK_BTF);
    process(R0, process, start);
    remember(process, start);
  }

  /// The name each time, since a process may have executed another program; the groups once.
  private void remember(Memory process, Memory start) {
    String found = code.newLabel("trace");
    String done = code.newLabel("remembered");
    lookup(maps.traces, process);
    code.jumpIf(R0, NOT_EQUAL, 0, found);
    only(maps.blank);
    code.jumpIf(R0, EQUAL, 0, done)
        .move(R3, R0)
        .moveMap(R1, maps.traces.descriptor())
        .moveAddress(R2, process)
        .move(R4, 0)
        .call(Helper.MAP_UPDATE_ELEM);
    lookup(maps.traces, process);
    code.jumpIf(R0, EQUAL, 0, done).label(found).move(R8, R0).call(Helper.GET_CURRENT_TASK_BTF);
    KernelFields.load(code, R2, R0, fields.leader());
    for (int part = 0; part < TraceLayout.COMMAND_SIZE; part += Long.BYTES) {
      code.load(U64, R1, R2.at(fields.command().offset() + part))
          .store(U64, R8.at(TraceLayout.COMMAND + part), R1);
    }
    code.load(U64, R1, start)
        .load(U64, R2, R8.at(TraceLayout.START))
        .jumpIf(R1, EQUAL, R2, done)
        .store(U64, R8.at(TraceLayout.START), R1);
    for (int level = 0; level < TraceLayout.GROUP_COUNT; level++) {
      groupName(level, R8.at(TraceLayout.GROUPS + level * TraceLayout.GROUP_SIZE));
    }
    code.label(done);
  }

  /// Writes the name of a group that the running thread is in; nothing behind the outermost one.
  private void groupName(int level, Memory name) {
    code.call(Helper.GET_CURRENT_TASK_BTF);
    KernelFields.load(code, R3, R0, fields.groups());
    KernelFields.load(code, R3, R3, fields.groupOfGroups());
    KernelFields.load(code, R3, R3, fields.controlGroupNode());
    for (int i = 0; i < level; i++) {
      KernelFields.load(code, R3, R3, fields.groupParent());
    }
    KernelFields.load(code, R3, R3, fields.groupName());
    code.moveAddress(R1, name).move(R2, TraceLayout.GROUP_SIZE).call(Helper.PROBE_READ_KERNEL_STR);
  }

  /// Writes the process of a thread.
  void process(Register task, Memory process, Memory start) {
    KernelFields.load(code, R1, task, fields.process());
    code.store(U64, process, R1);
    KernelFields.load(code, R1, task, fields.leader());
    KernelFields.load(code, R1, R1, fields.started());
    code.store(U64, start, R1);
  }

  /// Writes the figures of a TCP connection; leaves its `tcp_sock` in `r0`, 0 when it has none.
  void figures(Register socket, Memory sent, Memory received, Memory retransmits) {
    String none = code.newLabel("figures");
    code.move(R1, socket).call(Helper.SKC_TO_TCP_SOCK).jumpIf(R0, EQUAL, 0, none);
    KernelFields.load(code, R1, R0, fields.bytesSent());
    KernelFields.load(code, R2, R0, fields.bytesResent());
    code.compute(R1, Arithmetic.SUB, R2).store(U64, sent, R1);
    // The kernel counts the peer's FIN as a byte; SOCK_DONE says that it came.
    KernelFields.load(code, R1, R0, fields.bytesReceived());
    KernelFields.load(code, R2, socket, fields.flags());
    code.compute(R2, Arithmetic.SHIFT_RIGHT, fields.flagDone())
        .compute(R2, Arithmetic.AND, 1)
        .compute(R1, Arithmetic.SUB, R2)
        .store(U64, received, R1);
    KernelFields.load(code, R1, R0, fields.retransmits());
    code.store(U32, retransmits, R1).label(none);
  }

  /// `r0 = cookie of the socket`, made different for each connection that it is used for.
  ///
  /// @param generation where it lies how often the socket was connected before
  void cookie(Register socket, Memory generation) {
    code.move(R1, socket)
        .call(Helper.GET_SOCKET_COOKIE)
        .load(U64, R1, generation)
        .compute(R1, Arithmetic.SHIFT_LEFT, 56)
        .compute(R0, Arithmetic.XOR, R1);
  }

  /// Copies whole words.
  void copy(Memory to, Memory from, int size) {
    for (int offset = 0; offset < size; offset += Long.BYTES) {
      code.load(U64, R1, from.plus(offset)).store(U64, to.plus(offset), R1);
    }
  }

  /// Goes on at the label unless the socket is one of TCP.
  void onlyTcp(Register socket, String otherwise) {
    KernelFields.load(code, R1, socket, fields.protocol());
    code.jumpIf(R1, NOT_EQUAL, IPPROTO_TCP, otherwise);
  }
}
