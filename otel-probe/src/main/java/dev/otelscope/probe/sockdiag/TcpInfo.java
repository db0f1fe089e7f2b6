package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.connection.Socket.Direction;
import java.nio.ByteBuffer;

/// The figures of a TCP socket, of which older kernels give fewer. Not thread-safe.
final class TcpInfo {
  /*
   * Layout: struct tcp_info (include/uapi/linux/tcp.h)
   *   5   u8  options            120 u64 bytes_acked       200 u64 bytes_sent     (since 4.19)
   *   24  u32 unacked            128 u64 bytes_received    208 u64 bytes_retrans  (since 4.19)
   *   68  u32 rtt                144 u32 notsent_bytes     228 u32 snd_wnd        (since 5.4)
   *   100 u32 total_retrans
   */
  private static final int OPTIONS = 5;
  private static final int UNACKED = 24;
  private static final int RTT = 68;
  private static final int TOTAL_RETRANS = 100;
  private static final int BYTES_ACKED = 120;
  private static final int BYTES_RECEIVED = 128;
  private static final int NOTSENT_BYTES = 144;
  private static final int BYTES_SENT = 200;
  private static final int BYTES_RETRANS = 208;
  private static final int SND_WND = 228;

  private boolean present;
  private long sent;
  private long received;
  private long retransmits;
  private long rtt;
  private boolean established;
  private Direction direction = Direction.UNKNOWN;

  void clear() {
    present = false;
    sent = -1;
    received = -1;
    retransmits = -1;
    rtt = -1;
    established = false;
    direction = Direction.UNKNOWN;
  }

  /// @param size of the structure here; fields beyond it stay unknown
  void read(ByteBuffer buffer, int from, int size) {
    if (size < BYTES_RECEIVED + Long.BYTES) {
      return;
    }
    present = true;
    long acked = buffer.getLong(from + BYTES_ACKED);
    received = buffer.getLong(from + BYTES_RECEIVED);
    retransmits = Integer.toUnsignedLong(buffer.getInt(from + TOTAL_RETRANS));
    int smoothed = buffer.getInt(from + RTT);
    rtt = smoothed == 0 ? -1 : Integer.toUnsignedLong(smoothed);
    boolean windowKnown = size >= SND_WND + Integer.BYTES && buffer.getInt(from + SND_WND) != 0;
    established =
        windowKnown
            || acked != 0
            || received != 0
            || smoothed != 0
            || buffer.get(from + OPTIONS) != 0;
    if (size >= BYTES_RETRANS + Long.BYTES) {
      sent = buffer.getLong(from + BYTES_SENT) - buffer.getLong(from + BYTES_RETRANS);
      boolean settled =
          buffer.getInt(from + UNACKED) == 0 && buffer.getInt(from + NOTSENT_BYTES) == 0;
      direction = settled ? direction(acked - sent) : Direction.UNKNOWN;
    }
  }

  boolean isPresent() {
    return present;
  }

  long bytesSent() {
    return sent;
  }

  long bytesReceived() {
    return received;
  }

  long retransmits() {
    return retransmits;
  }

  long rttMicros() {
    return rtt;
  }

  /// Whether the socket was ever connected, also after it was closed: a peer's window is known only
  /// from its answer, and even an abort, which clears all figures, leaves it.
  boolean wasEstablished() {
    return established;
  }

  /// Who connected, told of an established socket with nothing in flight: acknowledged bytes
  /// include the SYN of the side that sent one first, but not the SYN of the side that accepted
  /// (`tcp_snd_una_update` in net/ipv4/tcp_input.c runs for the former only).
  Direction direction() {
    return direction;
  }

  private static Direction direction(long ackedBeyondPayload) {
    if (ackedBeyondPayload == 1) {
      return Direction.OUTBOUND;
    }
    return ackedBeyondPayload == 0 ? Direction.INBOUND : Direction.UNKNOWN;
  }
}
