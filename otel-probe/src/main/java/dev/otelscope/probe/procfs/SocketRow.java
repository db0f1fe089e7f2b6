package dev.otelscope.probe.procfs;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.connection.TcpState;
import java.nio.ByteOrder;

/// A line of `/proc/net/{tcp,tcp6,udp,udp6}`, read in place. One object serves for all lines. Not
/// thread-safe.
final class SocketRow {
  /*
   * Layout (net/ipv4/tcp_ipv4.c get_tcp4_sock, and its likes), fields parted by spaces
   *   0 "12:"   1 local   2 remote   3 state   4 queues   5 timer   6 retransmits   7 uid
   *   8 timeouts   9 inode   and more
   * An end is "0100007F:0CEA": words of 32 bits as the machine would print them as numbers, so on a
   * little-endian one each has its bytes reversed; the port is plain. Hexadecimal but uid and inode.
   */
  private static final boolean REVERSED = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final long V4_MAPPED = IpAddress.ofV4(0).low();
  private static final int HEX_WORD = 8;
  private static final int HEX_PORT = 4;
  private static final int STATE_FIELD = 3;
  private static final int UID_FIELD = 7;
  private static final int INODE_FIELD = 9;

  private long localHigh;
  private long localLow;
  private int localPort;
  private long remoteHigh;
  private long remoteLow;
  private int remotePort;
  private int state;
  private int uid;
  private long inode;

  // What readEnd leaves for its caller.
  private long high;
  private long low;
  private int port;

  /// Reads the line between two offsets.
  ///
  /// @return false when it is none
  boolean parse(byte[] bytes, int from, int to) {
    int position = from;
    int field = 0;
    while (true) {
      while (position < to && bytes[position] == ' ') {
        position++;
      }
      if (position == to) {
        return false; // too few fields
      }
      int end = position;
      while (end < to && bytes[end] != ' ') {
        end++;
      }
      if (!readField(field, bytes, position, end)) {
        return false;
      }
      if (field == INODE_FIELD) {
        return true;
      }
      field++;
      position = end;
    }
  }

  boolean isListening() {
    return state == TcpState.LISTEN.number();
  }

  boolean hasPeer() {
    return remotePort != 0;
  }

  /// Whether it is a connection still: neither one of the past (TIME_WAIT, CLOSE, and FIN_WAIT2
  /// that no process holds, which waits for nobody) nor one that is only asked for.
  boolean isConnection() {
    return switch (TcpState.of(state)) {
      case ESTABLISHED, SYN_SENT, FIN_WAIT1, CLOSE_WAIT, LAST_ACK, CLOSING -> true;
      case FIN_WAIT2 -> inode != 0;
      case SYN_RECV, TIME_WAIT, CLOSE, LISTEN, NEW_SYN_RECV -> false;
    };
  }

  int localPort() {
    return localPort;
  }

  /// Whether it is bound to all addresses of its family.
  boolean isBoundToAll() {
    return new IpAddress(localHigh, localLow).isUnspecified();
  }

  /// Whether another socket than `known` has these addresses now. A socket whose file was closed
  /// has no inode, but is the same.
  boolean isAnother(Socket known) {
    return inode != 0 && known.inode() != 0 && inode != known.inode();
  }

  /// A number from transport and addresses, by which a socket is recognized. That two sockets of a
  /// namespace share one is less likely than a failing memory.
  long key(Transport transport) {
    return key(transport, localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort);
  }

  /// As above, of a socket that was told.
  static long key(Socket socket) {
    IpAddress local = socket.localAddress();
    IpAddress remote = socket.remoteAddress();
    return key(
        socket.transport(),
        local.high(),
        local.low(),
        socket.localPort(),
        remote.high(),
        remote.low(),
        socket.remotePort());
  }

  /// The socket as an open one with a peer, met for the first time.
  Socket toSocket(Transport transport, long cookie) {
    TcpState now = stateOf(transport);
    return new Socket(
        transport,
        new IpAddress(localHigh, localLow),
        localPort,
        new IpAddress(remoteHigh, remoteLow),
        remotePort,
        cookie,
        inode,
        uid,
        now,
        now == TcpState.SYN_SENT ? Direction.OUTBOUND : Direction.UNKNOWN,
        -1,
        -1,
        -1,
        -1);
  }

  /// The socket as it is now; what a better tier knew of it stays known.
  ///
  /// @param known what an earlier scan said of it; returned when nothing has changed
  Socket toSocket(Socket known) {
    TcpState now = stateOf(known.transport());
    if (known.state() == now && known.inode() == inode) {
      return known;
    }
    return new Socket(
        known.transport(),
        known.localAddress(),
        known.localPort(),
        known.remoteAddress(),
        known.remotePort(),
        known.cookie(),
        inode,
        known.uid(),
        now,
        known.direction(),
        known.bytesSent(),
        known.bytesReceived(),
        known.retransmits(),
        known.rttMicros());
  }

  ListeningSocket toListening(Transport transport, boolean bothFamilies) {
    return new ListeningSocket(
        transport, new IpAddress(localHigh, localLow), localPort, inode, bothFamilies);
  }

  private TcpState stateOf(Transport transport) {
    return transport == Transport.UDP ? TcpState.ESTABLISHED : TcpState.of(state);
  }

  private boolean readField(int field, byte[] bytes, int from, int to) {
    return switch (field) {
      case 1 -> readEnd(bytes, from, to) && takeLocal();
      case 2 -> readEnd(bytes, from, to) && takeRemote();
      case STATE_FIELD -> readState(bytes, from, to);
      case UID_FIELD -> readUid(bytes, from, to);
      case INODE_FIELD -> readInode(bytes, from, to);
      default -> true;
    };
  }

  private boolean takeLocal() {
    localHigh = high;
    localLow = low;
    localPort = port;
    return true;
  }

  private boolean takeRemote() {
    remoteHigh = high;
    remoteLow = low;
    remotePort = port;
    return true;
  }

  private boolean readState(byte[] bytes, int from, int to) {
    state = (int) hex(bytes, from, to);
    return state >= TcpState.ESTABLISHED.number() && state <= TcpState.NEW_SYN_RECV.number();
  }

  private boolean readUid(byte[] bytes, int from, int to) {
    long number = decimal(bytes, from, to);
    uid = (int) number;
    return number >= 0;
  }

  private boolean readInode(byte[] bytes, int from, int to) {
    inode = decimal(bytes, from, to);
    return inode >= 0;
  }

  private boolean readEnd(byte[] bytes, int from, int to) {
    int words = (to - from - 1 - HEX_PORT) / HEX_WORD;
    if (words != 1 && words != 4 || to - from != words * HEX_WORD + 1 + HEX_PORT) {
      return false;
    }
    int colon = from + words * HEX_WORD;
    long portRead = hex(bytes, colon + 1, to);
    if (bytes[colon] != ':' || portRead < 0) {
      return false;
    }
    port = (int) portRead;
    if (words == 1) {
      long word = word(bytes, from);
      if (word < 0) {
        return false;
      }
      high = 0;
      low = V4_MAPPED | word;
      return true;
    }
    long first = word(bytes, from);
    long second = word(bytes, from + HEX_WORD);
    long third = word(bytes, from + 2 * HEX_WORD);
    long fourth = word(bytes, from + 3 * HEX_WORD);
    high = first << 32 | second;
    low = third << 32 | fourth;
    return (first | second | third | fourth) >= 0;
  }

  /// Eight digits in network order, -1 when they are none.
  private static long word(byte[] bytes, int from) {
    long number = hex(bytes, from, from + HEX_WORD);
    return number < 0 || !REVERSED
        ? number
        : Integer.toUnsignedLong(Integer.reverseBytes((int) number));
  }

  private static long hex(byte[] bytes, int from, int to) {
    if (to - from < 1 || to - from > HEX_WORD) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  private static long decimal(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || number > Integer.MAX_VALUE * 4L) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static long key(
      Transport transport,
      long localHigh,
      long localLow,
      int localPort,
      long remoteHigh,
      long remoteLow,
      int remotePort) {
    long mixed = transport == Transport.TCP ? 1 : 2;
    mixed = mix(mixed ^ localHigh);
    mixed = mix(mixed ^ localLow);
    mixed = mix(mixed ^ remoteHigh);
    mixed = mix(mixed ^ remoteLow);
    mixed = mix(mixed ^ ((long) localPort << 16 | remotePort));
    return mixed == 0 ? 1 : mixed;
  }

  /// Spreads every bit over the whole word, one to one.
  private static long mix(long bits) {
    long z = bits + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return z ^ z >>> 31;
  }
}
