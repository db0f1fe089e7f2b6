package dev.otelscope.probe.conntrack;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.kernel.MalformedNetlinkException;
import java.nio.ByteBuffer;

/// One direction of a tracked connection: where its packets come from and where they go. Each
/// [#read] overwrites it; allocates nothing. Not thread-safe.
final class TupleFields {
  /*
   * Layout: attributes of include/uapi/linux/netfilter/nfnetlink_conntrack.h, all numbers in network
   * order
   *   1 CTA_TUPLE_IP      1 CTA_IP_V4_SRC   2 CTA_IP_V4_DST   3 CTA_IP_V6_SRC   4 CTA_IP_V6_DST
   *   2 CTA_TUPLE_PROTO   1 CTA_PROTO_NUM (u8)   2 CTA_PROTO_SRC_PORT   3 CTA_PROTO_DST_PORT
   */
  private static final int TUPLE_IP = 1;
  private static final int TUPLE_PROTO = 2;
  private static final int V4_SOURCE = 1;
  private static final int V4_DESTINATION = 2;
  private static final int V6_SOURCE = 3;
  private static final int V6_DESTINATION = 4;
  private static final int PROTO_NUMBER = 1;
  private static final int PROTO_SOURCE_PORT = 2;
  private static final int PROTO_DESTINATION_PORT = 3;

  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_UDP = 17;
  private static final long V4_MAPPED = IpAddress.ANY_V4.low();

  private int protocol;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int sourcePort;
  private int destinationPort;

  /// Reads the content of `CTA_TUPLE_ORIG` or `CTA_TUPLE_REPLY`.
  void read(ByteBuffer buffer, int from, int to) throws MalformedNetlinkException {
    clear();
    Attributes parts = new Attributes(buffer, from, to);
    while (parts.next()) {
      switch (parts.type()) {
        case TUPLE_IP -> readAddresses(parts.nested());
        case TUPLE_PROTO -> readPorts(parts.nested());
        default -> {} // the zone
      }
    }
  }

  void clear() {
    protocol = 0;
    sourceHigh = 0;
    sourceLow = 0;
    destinationHigh = 0;
    destinationLow = 0;
    sourcePort = 0;
    destinationPort = 0;
  }

  /// Whether it is of a transport that the probe shows.
  boolean hasPorts() {
    return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
  }

  /// Whether `reply` is merely the way back.
  boolean isReversedBy(TupleFields reply) {
    return sourceLow == reply.destinationLow
        && destinationLow == reply.sourceLow
        && sourceHigh == reply.destinationHigh
        && destinationHigh == reply.sourceHigh
        && sourcePort == reply.destinationPort
        && destinationPort == reply.sourcePort;
  }

  /// As the socket has it that packets of this direction come from.
  SocketTuple tuple() {
    return new SocketTuple(
        protocol == IPPROTO_TCP ? Transport.TCP : Transport.UDP,
        new IpAddress(sourceHigh, sourceLow),
        sourcePort,
        new IpAddress(destinationHigh, destinationLow),
        destinationPort);
  }

  private void readAddresses(Attributes addresses) throws MalformedNetlinkException {
    while (addresses.next()) {
      switch (addresses.type()) {
        case V4_SOURCE -> sourceLow = V4_MAPPED | addresses.number(Integer.BYTES);
        case V4_DESTINATION -> destinationLow = V4_MAPPED | addresses.number(Integer.BYTES);
        case V6_SOURCE -> {
          sourceHigh = addresses.number(16, 0);
          sourceLow = addresses.number(16, Long.BYTES);
        }
        case V6_DESTINATION -> {
          destinationHigh = addresses.number(16, 0);
          destinationLow = addresses.number(16, Long.BYTES);
        }
        default -> {} // a family that is not known yet
      }
    }
  }

  private void readPorts(Attributes ports) throws MalformedNetlinkException {
    while (ports.next()) {
      switch (ports.type()) {
        case PROTO_NUMBER -> protocol = (int) ports.number(1);
        case PROTO_SOURCE_PORT -> sourcePort = (int) ports.number(Short.BYTES);
        case PROTO_DESTINATION_PORT -> destinationPort = (int) ports.number(Short.BYTES);
        default -> {} // of ICMP
      }
    }
  }
}
