package dev.otelscope.probe.tracing;

import dev.otelscope.probe.kernel.bpf.assembly.ProgramBuilder;
import dev.otelscope.probe.kernel.bpf.assembly.Register;
import dev.otelscope.probe.kernel.bpf.assembly.Width;
import dev.otelscope.probe.kernel.bpf.btf.Btf;
import dev.otelscope.probe.kernel.bpf.btf.Field;
import java.io.IOException;

/// Where this kernel keeps what the programs read. Nothing is assumed: a field that is missing
/// makes the tier refuse to start, with the field's name.
record KernelFields(
    int stateTracepoint,
    int fileIterator,
    Field family,
    Field state,
    Field protocol,
    Field localV4,
    Field remoteV4,
    Field localV6,
    Field remoteV6,
    Field localPort,
    Field remotePort,
    Field network,
    Field networkInode,
    Field flags,
    int flagDone,
    Field error,
    Field shutdown,
    Field user,
    int v6OnlyBit,
    Field controlGroup,
    Field controlGroupNode,
    Field controlGroupId,
    Field bytesSent,
    Field bytesResent,
    Field bytesAcknowledged,
    Field bytesReceived,
    Field retransmits,
    Field roundTrip,
    Field packetsOut,
    Field written,
    Field sendNext,
    Field leader,
    Field process,
    Field started,
    Field command,
    Field groups,
    Field groupOfGroups,
    Field groupName,
    Field groupParent,
    Field namespaces,
    Field networkOfNamespaces,
    Field iteratorMeta,
    Field iteratorTask,
    Field iteratorFile,
    Field metaSequence,
    Field fileInode,
    Field inodeNumber,
    Field socketOfFile) {

  static KernelFields of(Btf btf) throws IOException {
    return new KernelFields(
        btf.tracepoint("inet_sock_set_state"),
        btf.function("bpf_iter_task_file"),
        btf.field("sock", "__sk_common.skc_family"),
        btf.field("sock", "__sk_common.skc_state"),
        btf.field("sock", "sk_protocol"),
        btf.field("sock", "__sk_common.skc_rcv_saddr"),
        btf.field("sock", "__sk_common.skc_daddr"),
        btf.field("sock", "__sk_common.skc_v6_rcv_saddr"),
        btf.field("sock", "__sk_common.skc_v6_daddr"),
        btf.field("sock", "__sk_common.skc_num"),
        btf.field("sock", "__sk_common.skc_dport"),
        btf.field("sock", "__sk_common.skc_net.net"),
        btf.field("net", "ns.inum"),
        btf.field("sock", "__sk_common.skc_flags"),
        btf.constant("sock_flags", "SOCK_DONE"),
        btf.field("sock", "sk_err"),
        btf.field("sock", "sk_shutdown"),
        btf.field("sock", "sk_uid"),
        btf.bitOf("sock", "__sk_common.skc_ipv6only"),
        btf.field("sock", "sk_cgrp_data.cgroup"),
        btf.field("cgroup", "kn"),
        btf.field("kernfs_node", "id"),
        btf.field("tcp_sock", "bytes_sent"),
        btf.field("tcp_sock", "bytes_retrans"),
        btf.field("tcp_sock", "bytes_acked"),
        btf.field("tcp_sock", "bytes_received"),
        btf.field("tcp_sock", "total_retrans"),
        btf.field("tcp_sock", "srtt_us"),
        btf.field("tcp_sock", "packets_out"),
        btf.field("tcp_sock", "write_seq"),
        btf.field("tcp_sock", "snd_nxt"),
        btf.field("task_struct", "group_leader"),
        btf.field("task_struct", "tgid"),
        btf.field("task_struct", "start_boottime"),
        btf.field("task_struct", "comm"),
        btf.field("task_struct", "cgroups"),
        btf.field("css_set", "dfl_cgrp"),
        btf.field("kernfs_node", "name"),
        btf.field("kernfs_node", btf.has("kernfs_node", "parent") ? "parent" : "__parent"),
        btf.field("task_struct", "nsproxy"),
        btf.field("nsproxy", "net_ns"),
        btf.field("bpf_iter__task_file", "meta"),
        btf.field("bpf_iter__task_file", "task"),
        btf.field("bpf_iter__task_file", "file"),
        btf.field("bpf_iter_meta", "seq"),
        btf.field("file", "f_inode"),
        btf.field("inode", "i_ino"),
        btf.field("socket", "sk"));
  }

  /// `to = *(base + field)`, in the field's own width.
  static void load(ProgramBuilder code, Register to, Register base, Field field) {
    code.load(Width.of(field.size()), to, base.at(field.offset()));
  }
}
