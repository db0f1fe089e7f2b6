package dev.otelscope.probe.kernel.bpf.assembly;

import java.util.Locale;

/// Functions of the kernel that programs call, with the numbers of `___BPF_FUNC_MAPPER` in
/// `include/uapi/linux/bpf.h`.
public enum Helper {
  MAP_LOOKUP_ELEM(1),
  MAP_UPDATE_ELEM(2),
  MAP_DELETE_ELEM(3),
  KTIME_GET_NS(5),
  GET_CURRENT_PID_TGID(14),
  SKB_LOAD_BYTES(26),
  GET_SOCKET_COOKIE(46),
  SK_STORAGE_GET(107),
  PROBE_READ_KERNEL_STR(115),
  SEQ_WRITE(127),
  RINGBUF_OUTPUT(130),
  SKC_TO_TCP_SOCK(137),
  GET_CURRENT_TASK_BTF(158),
  SOCK_FROM_FILE(162);

  private final int number;

  Helper(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /// As in the kernel's documents: `bpf_map_lookup_elem`.
  @Override
  public String toString() {
    return "bpf_" + name().toLowerCase(Locale.ROOT);
  }
}
