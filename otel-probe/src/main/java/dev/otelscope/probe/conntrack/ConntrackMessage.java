package dev.otelscope.probe.conntrack;

import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.kernel.MalformedNetlinkException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// A connection as `ctnetlink` describes it, in a dump or an event. One object serves for all
/// messages: each [#read] overwrites it. Not thread-safe.
final class ConntrackMessage {
  /*
   * Layout: include/uapi/linux/netfilter/{nfnetlink,nfnetlink_conntrack}.h
   *   nlmsghdr   type = subsystem (1: ctnetlink) << 8 | message
   *   nfgenmsg   0 u8 family   1 u8 version   2 u16 resource
   *   attributes, of which 1 CTA_TUPLE_ORIG and 2 CTA_TUPLE_REPLY are read
   */
  /// Multicast groups `NFNLGRP_CONNTRACK_NEW` and `NFNLGRP_CONNTRACK_DESTROY`, a bit each.
  static final int GROUPS = 1 | 1 << 2;

  static final int TYPE_NEW = 0x100;
  static final int TYPE_GET = 0x101;
  static final int TYPE_DELETE = 0x102;

  private static final int HEADER = 16;
  private static final int FAMILY = 4;
  private static final int REQUEST_DUMP = 0x301; // NLM_F_REQUEST | NLM_F_DUMP
  private static final int TUPLE_ORIGINAL = 1;
  private static final int TUPLE_REPLY = 2;

  private final TupleFields original = new TupleFields();
  private final TupleFields reply = new TupleFields();

  /// Asks for all connections of both families.
  static MemorySegment dumpRequest() {
    MemorySegment request = Arena.ofAuto().allocate(HEADER + FAMILY, 8);
    request.set(ValueLayout.JAVA_INT, 0, HEADER + FAMILY);
    request.set(ValueLayout.JAVA_SHORT, 4, (short) TYPE_GET);
    request.set(ValueLayout.JAVA_SHORT, 6, (short) REQUEST_DUMP);
    return request;
  }

  /// Reads the payload between two offsets.
  ///
  /// @throws MalformedNetlinkException when it is cut short or an attribute does not fit
  void read(ByteBuffer buffer, int from, int to) throws MalformedNetlinkException {
    if (to - from < FAMILY) {
      throw new MalformedNetlinkException("an nfgenmsg of 4 bytes", from);
    }
    original.clear();
    reply.clear();
    Attributes attributes = new Attributes(buffer, from + FAMILY, to);
    while (attributes.next()) {
      switch (attributes.type()) {
        case TUPLE_ORIGINAL -> original.read(buffer, attributes.content(), attributes.end());
        case TUPLE_REPLY -> reply.read(buffer, attributes.content(), attributes.end());
        default -> {} // counters, timeouts, marks
      }
    }
  }

  /// Whether it is TCP or UDP, and its two ends see different addresses or ports.
  boolean isTranslated() {
    return original.hasPorts() && reply.hasPorts() && !original.isReversedBy(reply);
  }

  /// As the client's socket has it.
  SocketTuple original() {
    return original.tuple();
  }

  /// As the server's socket has it.
  SocketTuple reply() {
    return reply.tuple();
  }
}
