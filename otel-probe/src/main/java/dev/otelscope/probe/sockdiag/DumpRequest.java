package dev.otelscope.probe.sockdiag;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.kernel.NetlinkMessages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Asks for all sockets of a kind in the states of interest, with their figures.
final class DumpRequest {
  /*
   * Layouts (include/uapi/linux/inet_diag.h), each after a netlink header of 16 bytes
   *   struct inet_diag_req_v2: 0 u8 family, 1 u8 protocol, 2 u8 extensions, 4 u32 states, 8 id[48]
   *   struct inet_diag_req:    0 u8 family, 3 u8 extensions, 4 id[48], 52 u32 states, 56 u32 dbs
   * The second, older one knows TCP only, but answers for both families in a single walk through the
   * kernel's tables, which is most of the cost: the new one needs a walk for each family.
   */
  private static final short TCPDIAG_GETSOCK = 18;
  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short REQUEST_DUMP = 0x301;
  private static final int EXTENSION_INFO = 1 << 2 - 1; // INET_DIAG_INFO counts from one
  private static final int HEADER = NetlinkMessages.HEADER;
  private static final byte AF_INET = 2;
  private static final byte AF_INET6 = 10;
  private static final byte IPPROTO_TCP = 6;
  private static final byte IPPROTO_UDP = 17;

  /// All but TIME_WAIT and CLOSE, which are connections of the past, and half-open requests.
  private static final int TCP_STATES =
      bits(
          TcpState.ESTABLISHED,
          TcpState.SYN_SENT,
          TcpState.FIN_WAIT1,
          TcpState.FIN_WAIT2,
          TcpState.CLOSE_WAIT,
          TcpState.LAST_ACK,
          TcpState.LISTEN,
          TcpState.CLOSING);

  private static final int ALL_STATES = -1;

  static final DumpRequest TCP = legacy();
  static final DumpRequest TCP_V4 = request(Transport.TCP, AF_INET, IPPROTO_TCP, TCP_STATES);
  static final DumpRequest TCP_V6 = request(Transport.TCP, AF_INET6, IPPROTO_TCP, TCP_STATES);
  static final DumpRequest UDP_V4 = request(Transport.UDP, AF_INET, IPPROTO_UDP, ALL_STATES);
  static final DumpRequest UDP_V6 = request(Transport.UDP, AF_INET6, IPPROTO_UDP, ALL_STATES);

  private final Transport transport;
  private final MemorySegment bytes;

  private DumpRequest(Transport transport, MemorySegment bytes) {
    this.transport = transport;
    this.bytes = bytes.asReadOnly();
  }

  Transport transport() {
    return transport;
  }

  /// The bytes to send; the sequence number is 0 in all of them.
  MemorySegment bytes() {
    return bytes;
  }

  private static DumpRequest legacy() {
    MemorySegment message = message(TCPDIAG_GETSOCK, 60);
    message.set(JAVA_BYTE, HEADER + 3, (byte) EXTENSION_INFO);
    message.set(JAVA_INT, HEADER + 52, TCP_STATES);
    return new DumpRequest(Transport.TCP, message);
  }

  private static DumpRequest request(Transport transport, byte family, byte protocol, int states) {
    MemorySegment message = message(SOCK_DIAG_BY_FAMILY, 56);
    message.set(JAVA_BYTE, HEADER, family);
    message.set(JAVA_BYTE, HEADER + 1, protocol);
    message.set(JAVA_BYTE, HEADER + 2, (byte) EXTENSION_INFO);
    message.set(JAVA_INT, HEADER + 4, states);
    return new DumpRequest(transport, message);
  }

  private static MemorySegment message(short type, int payload) {
    MemorySegment message = Arena.global().allocate(HEADER + payload, 8);
    message.set(JAVA_INT, 0, HEADER + payload);
    message.set(JAVA_SHORT, 4, type);
    message.set(JAVA_SHORT, 6, REQUEST_DUMP);
    return message;
  }

  private static int bits(TcpState... states) {
    int bits = 0;
    for (TcpState state : states) {
      bits |= 1 << state.number();
    }
    return bits;
  }
}
