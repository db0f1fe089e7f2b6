package dev.otelscope.probe.dns;

/// A program of the classic packet filter: lets in what comes from port 53, UDP and TCP, over IPv4
/// and IPv6. Everything else the kernel drops before it is copied.
///
/// Not let in: fragments but the first, IPv6 with extension headers, and what goes out (on loopback
/// everything is seen twice, once going out).
final class AnswerFilter {
  // include/uapi/linux/bpf_common.h
  private static final int LOAD_WORD = 0x20;
  private static final int LOAD_HALF = 0x28;
  private static final int LOAD_BYTE = 0x30;
  private static final int LOAD_HALF_INDEXED = 0x48;
  private static final int LOAD_INDEX_OF_HEADER = 0xb1;
  private static final int AND = 0x54;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int PACKET_TYPE = 0xffff_f004; // SKF_AD_OFF + SKF_AD_PKTTYPE
  private static final int OUTGOING = 4;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int DNS = 53;
  private static final int WHOLE_PACKET = 0x40000;

  private static final int DROP = 19;
  private static final int ACCEPT = 20;

  private AnswerFilter() {}

  static long[] program() {
    return new long[] {
      /*  0 */ load(LOAD_WORD, PACKET_TYPE),
      /*  1 */ jump(1, JUMP_EQUAL, OUTGOING, DROP, 2),
      /*  2 */ load(LOAD_BYTE, 0),
      /*  3 */ load(AND, 0xf0),
      /*  4 */ jump(4, JUMP_EQUAL, 0x40, 5, 13),
      // IPv4
      /*  5 */ load(LOAD_BYTE, 9),
      /*  6 */ jump(6, JUMP_EQUAL, UDP, 8, 7),
      /*  7 */ jump(7, JUMP_EQUAL, TCP, 8, DROP),
      /*  8 */ load(LOAD_HALF, 6),
      /*  9 */ jump(9, JUMP_ANY_BIT, 0x1fff, DROP, 10),
      /* 10 */ load(LOAD_INDEX_OF_HEADER, 0),
      /* 11 */ load(LOAD_HALF_INDEXED, 0),
      /* 12 */ jump(12, JUMP_EQUAL, DNS, ACCEPT, DROP),
      // IPv6
      /* 13 */ jump(13, JUMP_EQUAL, 0x60, 14, DROP),
      /* 14 */ load(LOAD_BYTE, 6),
      /* 15 */ jump(15, JUMP_EQUAL, UDP, 17, 16),
      /* 16 */ jump(16, JUMP_EQUAL, TCP, 17, DROP),
      /* 17 */ load(LOAD_HALF, 40),
      /* 18 */ jump(18, JUMP_EQUAL, DNS, ACCEPT, DROP),
      /* 19 */ load(RETURN, 0),
      /* 20 */ load(RETURN, WHOLE_PACKET),
    };
  }

  private static long load(int code, int operand) {
    return instruction(code, 0, 0, operand);
  }

  /// @param from where the jump stands
  private static long jump(int from, int code, int operand, int ifTrue, int ifFalse) {
    return instruction(code, ifTrue - from - 1, ifFalse - from - 1, operand);
  }

  /// `struct sock_filter` of a machine whose lowest byte comes first: u16 code, u8 jt, u8 jf, u32
  /// k.
  private static long instruction(int code, int ifTrue, int ifFalse, int operand) {
    return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) operand << 32;
  }
}
