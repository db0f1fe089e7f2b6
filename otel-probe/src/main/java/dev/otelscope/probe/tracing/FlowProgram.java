package dev.otelscope.probe.tracing;

import static dev.otelscope.probe.kernel.bpf.assembly.Comparison.EQUAL;
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

import dev.otelscope.probe.kernel.bpf.assembly.Arithmetic;
import dev.otelscope.probe.kernel.bpf.assembly.Helper;
import dev.otelscope.probe.kernel.bpf.assembly.Memory;
import dev.otelscope.probe.kernel.bpf.assembly.Program;
import dev.otelscope.probe.kernel.bpf.assembly.ProgramBuilder;
import dev.otelscope.probe.kernel.bpf.assembly.StackSlot;

/// Runs for each packet that a socket sends, or for each that one receives (`cgroup_skb`), and adds
/// up those of UDP by flow. Never holds a packet up.
final class FlowProgram {
  /*
   * Layouts
   *   context, struct __sk_buff (include/uapi/linux/bpf.h): 0 u32 length, 16 u32 ethertype in network
   *     order; the packet begins with its IP header
   *   IPv4 without options: 9 u8 protocol, 12 source, 16 destination, 20 UDP
   *   IPv6: 6 u8 next header, 8 source, 24 destination, 40 UDP
   *   UDP: 0 u16 source port, 2 u16 destination port, 8 payload
   * Packets with options or extension headers are passed over: programs hardly ever send them.
   *
   * Registers
   *   r6 context   r7 length of the payload   r8 map   r9 flow
   */
  private static final int LENGTH = 0;
  private static final int ETHERTYPE = 16;
  private static final int IPV4 =
      0x0008; // 0x0800 in network order, read on a little-endian machine
  private static final int IPV6 = 0xDD86;
  private static final int PLAIN_V4 = 0x45;
  private static final int UDP = 17;
  private static final int UDP_HEADER = 8;
  private static final int HEADER_V4 = 20;
  private static final int HEADER_V6 = 40;
  private static final int MAPPED = 0xFFFF_0000;
  private static final int NO_EXIST = 1; // BPF_NOEXIST
  private static final int PASS = 1;

  private final ProgramBuilder code;
  private final boolean sends;
  private final KernelFields fields;
  private final TracingMaps maps;
  private final SocketCode socketCode;
  private final StackSlot packet;
  private final StackSlot key;

  private FlowProgram(boolean sends, KernelFields fields, TracingMaps maps) {
    this.sends = sends;
    this.fields = fields;
    this.maps = maps;
    code = new ProgramBuilder(sends ? "ots_udp_out" : "ots_udp_in");
    socketCode = new SocketCode(code, fields, maps);
    packet = code.slot("packet", HEADER_V6 + UDP_HEADER);
    key = code.slot("key", FlowLayout.KEY_SIZE);
  }

  /// For packets that leave.
  static Program sending(KernelFields fields, TracingMaps maps) {
    return new FlowProgram(true, fields, maps).write();
  }

  /// For packets that arrive.
  static Program receiving(KernelFields fields, TracingMaps maps) {
    return new FlowProgram(false, fields, maps).write();
  }

  private Program write() {
    code.move(R6, R1)
        .load(U32, R7, R6.at(LENGTH))
        .store(U32, key.at(FlowLayout.KEY_PADDING), 0)
        .load(U32, R1, R6.at(ETHERTYPE))
        .jumpIf(R1, EQUAL, IPV4, "v4")
        .jumpIf(R1, NOT_EQUAL, IPV6, "pass");
    readHeaders(HEADER_V6, 6);
    ports(HEADER_V6);
    socketCode.copy(key.at(sends ? FlowLayout.KEY_LOCAL : FlowLayout.KEY_REMOTE), packet.at(8), 16);
    socketCode.copy(
        key.at(sends ? FlowLayout.KEY_REMOTE : FlowLayout.KEY_LOCAL), packet.at(24), 16);
    code.jump("flow").label("v4");
    readHeaders(HEADER_V4, 9);
    code.load(U8, R1, packet.at(0)).jumpIf(R1, NOT_EQUAL, PLAIN_V4, "pass");
    ports(HEADER_V4);
    mapped(key.at(sends ? FlowLayout.KEY_LOCAL : FlowLayout.KEY_REMOTE), packet.at(12));
    mapped(key.at(sends ? FlowLayout.KEY_REMOTE : FlowLayout.KEY_LOCAL), packet.at(16));
    code.label("flow")
        .move(R1, R6)
        .call(Helper.GET_SOCKET_COOKIE)
        .jumpIf(R0, EQUAL, 0, "pass")
        .store(U64, key.at(FlowLayout.KEY_COOKIE), R0);
    findFlow();
    code.atomicAdd(U64, R9.at(sends ? FlowLayout.SENT : FlowLayout.RECEIVED), R7)
        .move(R0, EndLayout.ROLE_UNKNOWN)
        .move(R1, sends ? EndLayout.ROLE_CLIENT : EndLayout.ROLE_SERVER)
        .atomicCompareExchange(U64, R9.at(FlowLayout.FIRST), R1);
    if (sends) {
      sender();
    }
    return code.label("pass").move(R0, PASS).exit().build();
  }

  /// Reads the headers, and leaves the length of the payload; passes what is not UDP.
  private void readHeaders(int header, int protocolAt) {
    int size = header + UDP_HEADER;
    code.move(R1, R6)
        .move(R2, 0)
        .moveAddress(R3, packet)
        .move(R4, size)
        .call(Helper.SKB_LOAD_BYTES)
        .jumpIf(R0, NOT_EQUAL, 0, "pass")
        .load(U8, R1, packet.at(protocolAt))
        .jumpIf(R1, NOT_EQUAL, UDP, "pass")
        .compute(R7, Arithmetic.SUB, size);
  }

  private void ports(int header) {
    code.load(U16, R1, packet.at(header))
        .store(U16, key.at(sends ? FlowLayout.KEY_LOCAL_PORT : FlowLayout.KEY_REMOTE_PORT), R1)
        .load(U16, R1, packet.at(header + 2))
        .store(U16, key.at(sends ? FlowLayout.KEY_REMOTE_PORT : FlowLayout.KEY_LOCAL_PORT), R1);
  }

  private void mapped(Memory to, Memory from) {
    code.store(U64, to, 0)
        .store(U32, to.plus(8), MAPPED)
        .load(U32, R1, from)
        .store(U32, to.plus(12), R1);
  }

  /// `r9 = flow`, made if need be.
  private void findFlow() {
    socketCode.only(maps.flows.holder());
    code.jumpIf(R0, EQUAL, 0, "pass").move(R8, R0);
    find();
    code.jumpIf(R0, NOT_EQUAL, 0, "found");
    socketCode.only(maps.blank);
    code.jumpIf(R0, EQUAL, 0, "pass")
        .move(R3, R0)
        .move(R1, R8)
        .moveAddress(R2, key)
        .move(R4, NO_EXIST)
        .call(Helper.MAP_UPDATE_ELEM);
    find();
    code.jumpIf(R0, NOT_EQUAL, 0, "found");
    socketCode.lost(TracingMaps.LOST_FLOWS);
    code.jump("pass").label("found").move(R9, R0);
  }

  private void find() {
    code.move(R1, R8).moveAddress(R2, key).call(Helper.MAP_LOOKUP_ELEM);
  }

  /// The running thread sends, or, for a socket of the kernel's own, is in the way by chance: the
  /// reader tells these apart.
  private void sender() {
    code.call(Helper.GET_CURRENT_TASK_BTF).move(R8, R0);
    socketCode.process(R8, R9.at(FlowLayout.PROCESS), R9.at(FlowLayout.PROCESS_START));
    KernelFields.load(code, R1, R8, fields.namespaces());
    code.jumpIf(R1, EQUAL, 0, "pass"); // it is exiting
    KernelFields.load(code, R1, R1, fields.networkOfNamespaces());
    KernelFields.load(code, R1, R1, fields.networkInode());
    code.store(U64, R9.at(FlowLayout.NAMESPACE), R1);
  }
}
