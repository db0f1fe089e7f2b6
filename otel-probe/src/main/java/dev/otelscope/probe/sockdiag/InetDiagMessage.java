package dev.otelscope.probe.sockdiag;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.kernel.MalformedNetlinkException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One socket as the kernel describes it, read in place. One object serves for all messages of a
/// scan: each [#read] overwrites it. Not thread-safe.
final class InetDiagMessage {
  /*
   * Layout: struct inet_diag_msg (include/uapi/linux/inet_diag.h); numbers in the byte order of the
   * machine, ports and addresses in network order
   *   0 u8 family   4 u16 source port         24 u8[16] destination   56 u32 receive queue
   *   1 u8 state    6 u16 destination port    40 u32 interface        60 u32 send queue
   *   2 u8 timer    8 u8[16] source           44 u64 cookie           64 u32 uid
   *   3 u8 retrans                            52 u32 expires          68 u32 inode
   * Attributes follow, each u16 length with these four bytes, u16 type, content, padded to four.
   */
  private static final int FIXED = 72;
  private static final int AF_INET6 = 10;

  /// What stands before an IPv4 address in an [IpAddress].
  private static final long V4_MAPPED = IpAddress.ofV4(0).low();

  private static final int ATTRIBUTE_INFO = 2;
  private static final int ATTRIBUTE_PROTOCOL = 10;
  private static final int ATTRIBUTE_V6_ONLY = 11;
  private static final int ATTRIBUTE_TYPE_MASK = 0x3FFF;

  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_UDP = 17;

  private final TcpInfo info = new TcpInfo();
  private int family;
  private int state;
  private int localPort;
  private int remotePort;
  private long localHigh;
  private long localLow;
  private long remoteHigh;
  private long remoteLow;
  private long cookie;
  private int uid;
  private long inode;
  private int protocol;
  private boolean v6Only;

  /// Reads the message between two offsets.
  ///
  /// @throws MalformedNetlinkException when it is cut short or an attribute does not fit
  void read(ByteBuffer buffer, int from, int to) throws MalformedNetlinkException {
    if (to - from < FIXED) {
      throw new MalformedNetlinkException("an inet_diag_msg of 72 bytes", from);
    }
    family = buffer.get(from);
    state = buffer.get(from + 1);
    if (state < TcpState.ESTABLISHED.number() || state > TcpState.NEW_SYN_RECV.number()) {
      throw new MalformedNetlinkException("a TCP state, not " + state, from + 1);
    }
    localPort = Short.toUnsignedInt(networkShort(buffer, from + 4));
    remotePort = Short.toUnsignedInt(networkShort(buffer, from + 6));
    localHigh = addressHigh(buffer, from + 8);
    localLow = addressLow(buffer, from + 8);
    remoteHigh = addressHigh(buffer, from + 24);
    remoteLow = addressLow(buffer, from + 24);
    cookie = buffer.getLong(from + 44);
    uid = buffer.getInt(from + 64);
    inode = Integer.toUnsignedLong(buffer.getInt(from + 68));
    protocol = 0;
    v6Only = false;
    info.clear();
    readAttributes(buffer, from + FIXED, to);
  }

  long cookie() {
    return cookie;
  }

  boolean isListening() {
    return state == TcpState.LISTEN.number();
  }

  /// Whether the kernel still keeps the whole socket. A connection that has been closed on this
  /// side and waits for late segments is only a stub without figures: its end was told when the
  /// socket itself was destroyed.
  boolean isWhole() {
    return info.isPresent();
  }

  /// Whether an address of the peer is known.
  boolean hasPeer() {
    return !remoteAddress().isUnspecified();
  }

  /// Whether the port of the peer is known.
  boolean hasPeerPort() {
    return remotePort != 0;
  }

  /// The transport that an event names; null when it is neither TCP nor UDP.
  @Nullable Transport transport() {
    return switch (protocol) {
      case IPPROTO_TCP -> Transport.TCP;
      case IPPROTO_UDP -> Transport.UDP;
      default -> null;
    };
  }

  /// The socket as an open one with a peer.
  ///
  /// @param known what an earlier scan said of it; returned when nothing has changed
  Socket toSocket(Transport transport, @Nullable Socket known) {
    if (known != null && isAsBefore(known)) {
      return known;
    }
    return new Socket(
        transport,
        known == null ? localAddress() : known.localAddress(),
        localPort,
        known == null ? remoteAddress() : known.remoteAddress(),
        remotePort,
        cookie,
        inode,
        uid,
        transport == Transport.UDP ? TcpState.ESTABLISHED : TcpState.of(state),
        direction(known),
        info.bytesSent(),
        info.bytesReceived(),
        info.retransmits(),
        info.rttMicros());
  }

  ListeningSocket toListening(Transport transport) {
    boolean bothFamilies = family == AF_INET6 && !v6Only;
    return new ListeningSocket(transport, localAddress(), localPort, inode, bothFamilies);
  }

  ClosedSocket toClosed(Transport transport) {
    return new ClosedSocket(
        transport,
        localAddress(),
        localPort,
        remoteAddress(),
        remotePort,
        cookie,
        transport == Transport.UDP || info.wasEstablished(),
        info.bytesSent(),
        info.bytesReceived(),
        info.retransmits());
  }

  private boolean isAsBefore(Socket known) {
    return (known.transport() == Transport.UDP || known.state().number() == state)
        && known.inode() == inode
        && known.bytesSent() == info.bytesSent()
        && known.bytesReceived() == info.bytesReceived()
        && known.retransmits() == info.retransmits()
        && known.rttMicros() == info.rttMicros()
        && known.localPort() == localPort
        && known.remotePort() == remotePort
        && known.remoteAddress().low() == remoteLow
        && known.direction() == direction(known);
  }

  private Direction direction(@Nullable Socket known) {
    if (known != null && known.direction() != Direction.UNKNOWN) {
      return known.direction();
    }
    if (state == TcpState.SYN_SENT.number()) {
      return Direction.OUTBOUND;
    }
    return state == TcpState.ESTABLISHED.number() ? info.direction() : Direction.UNKNOWN;
  }

  private IpAddress localAddress() {
    return new IpAddress(localHigh, localLow);
  }

  private IpAddress remoteAddress() {
    return new IpAddress(remoteHigh, remoteLow);
  }

  private void readAttributes(ByteBuffer buffer, int from, int to)
      throws MalformedNetlinkException {
    int attribute = from;
    while (to - attribute >= 4) {
      int length = buffer.getShort(attribute) & 0xFFFF;
      if (length < 4 || length > to - attribute) {
        throw new MalformedNetlinkException(
            "an attribute length between 4 and " + (to - attribute) + ", not " + length, attribute);
      }
      int content = attribute + 4;
      int size = length - 4;
      switch (buffer.getShort(attribute + 2) & ATTRIBUTE_TYPE_MASK) {
        case ATTRIBUTE_INFO -> info.read(buffer, content, size);
        case ATTRIBUTE_PROTOCOL -> protocol = size > 0 ? buffer.get(content) & 0xFF : 0;
        case ATTRIBUTE_V6_ONLY -> v6Only = size > 0 && buffer.get(content) != 0;
        default -> {} // not asked for; the kernel adds some all the same
      }
      attribute += length + 3 & ~3;
    }
  }

  private long addressHigh(ByteBuffer buffer, int offset) {
    return family == AF_INET6 ? networkLong(buffer, offset) : 0;
  }

  private long addressLow(ByteBuffer buffer, int offset) {
    return family == AF_INET6
        ? networkLong(buffer, offset + 8)
        : V4_MAPPED | networkLong(buffer, offset) >>> 32;
  }

  private static short networkShort(ByteBuffer buffer, int offset) {
    return (short) ((buffer.get(offset) & 0xFF) << 8 | buffer.get(offset + 1) & 0xFF);
  }

  private static long networkLong(ByteBuffer buffer, int offset) {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << 8 | buffer.get(offset + i) & 0xFF;
    }
    return number;
  }
}
