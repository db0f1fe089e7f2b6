package dev.otelscope.probe.dns;

import java.util.function.Consumer;

/// Finds the DNS messages in packets from port 53, and counts what it cannot read. Not thread-safe.
///
/// Not covered: messages over TCP that take more than one segment, UDP in fragments, and IPv6 with
/// extension headers.
final class AnswerReader {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int V6_HEADER = 40;
  private static final int UDP_HEADER = 8;
  private static final int LEAST_TCP_HEADER = 20;
  private static final int LEAST_V4_HEADER = 20;
  private static final int FRAGMENT = 0x3fff; // more of it follow, or this is not the first

  private final DnsMessage message = new DnsMessage();
  private final Consumer<DnsAnswer> answers;
  private long malformed;
  private long incomplete;

  AnswerReader(Consumer<DnsAnswer> answers) {
    this.answers = answers;
  }

  /// Tells what a packet says.
  void read(Packet packet) {
    try {
      if (packet.u8(0) >> 4 == 4) {
        readV4(packet);
      } else {
        readV6(packet);
      }
    } catch (MalformedAnswerException e) {
      malformed++;
    }
  }

  /// Packets that are not what they should be, since the beginning.
  long malformed() {
    return malformed;
  }

  /// Packets that hold a part of a message only, since the beginning.
  long incomplete() {
    return incomplete;
  }

  private void readV4(Packet packet) throws MalformedAnswerException {
    int header = (packet.u8(0) & 0xf) * 4;
    int length = packet.u16(2);
    if (header < LEAST_V4_HEADER) {
      throw new MalformedAnswerException("an IPv4 header of " + header + " bytes");
    }
    if ((packet.u16(6) & FRAGMENT) != 0) {
      incomplete++;
      return;
    }
    packet.require(0, length);
    readTransport(packet.of(length), packet.u8(9), header);
  }

  private void readV6(Packet packet) throws MalformedAnswerException {
    int length = packet.u16(4);
    packet.require(V6_HEADER, length);
    readTransport(packet.of(V6_HEADER + length), packet.u8(6), V6_HEADER);
  }

  private void readTransport(Packet packet, int protocol, int at) throws MalformedAnswerException {
    switch (protocol) {
      case UDP -> {
        int length = packet.u16(at + 4);
        packet.require(at, length);
        readMessage(packet.of(at + length), at + UDP_HEADER);
      }
      case TCP -> {
        int header = (packet.u8(at + 12) >> 4) * 4;
        if (header < LEAST_TCP_HEADER) {
          throw new MalformedAnswerException("a TCP header of " + header + " bytes");
        }
        packet.require(at, header);
        readSegment(packet, at + header);
      }
      default -> throw new MalformedAnswerException("neither UDP nor TCP but " + protocol);
    }
  }

  /// Messages with their length before them, as many as there are.
  private void readSegment(Packet packet, int start) throws MalformedAnswerException {
    int end = packet.end();
    int at = start;
    while (at < end) {
      if (end - at < 2 || packet.u16(at) > end - at - 2) {
        incomplete++;
        return;
      }
      int next = at + 2 + packet.u16(at);
      readMessage(packet.of(next), at + 2);
      packet.of(end);
      at = next;
    }
  }

  private void readMessage(Packet packet, int start) throws MalformedAnswerException {
    message.read(packet, start).ifPresent(answers);
  }
}
