package dev.otelscope.probe.tracing;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.process.ProcessIdentity;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads [SocketLayout].
final class SocketReader {
  private static final int MICROS_SHIFT = 3;

  private final Decoder decoder;

  SocketReader(Decoder decoder) {
    this.decoder = decoder;
  }

  static Transport transport(ByteBuffer bytes, int at) {
    return bytes.get(at + SocketLayout.PROTOCOL) == SocketCode.IPPROTO_TCP
        ? Transport.TCP
        : Transport.UDP;
  }

  /// Whether it waits for peers instead of having one.
  static boolean isListening(ByteBuffer bytes, int at) {
    return transport(bytes, at) == Transport.TCP
        ? bytes.get(at + SocketLayout.STATE) == TcpState.LISTEN.number()
        : bytes.getShort(at + SocketLayout.REMOTE_PORT) == 0;
  }

  /// Whether it is a socket that was made and never used.
  static boolean isUnbound(ByteBuffer bytes, int at) {
    return bytes.getShort(at + SocketLayout.LOCAL_PORT) == 0;
  }

  ListeningSocket toListening(ByteBuffer bytes, int at) {
    IpAddress address = local(bytes, at);
    return new ListeningSocket(
        transport(bytes, at),
        address,
        Decoder.port(bytes, at + SocketLayout.LOCAL_PORT),
        bytes.getLong(at + SocketLayout.INODE),
        bytes.get(at + SocketLayout.BOTH_FAMILIES) != 0 && !address.isV4(),
        process(bytes, at));
  }

  /// @param known what an earlier scan said of it; returned when nothing has changed
  Socket toSocket(ByteBuffer bytes, int at, @Nullable Socket known) {
    if (known != null && isAsBefore(bytes, at, known)) {
      return known;
    }
    Transport transport = transport(bytes, at);
    boolean tcp = transport == Transport.TCP;
    return new Socket(
        transport,
        known == null ? local(bytes, at) : known.localAddress(),
        Decoder.port(bytes, at + SocketLayout.LOCAL_PORT),
        decoder.address(bytes, at + SocketLayout.REMOTE),
        Decoder.port(bytes, at + SocketLayout.REMOTE_PORT),
        bytes.getLong(at + SocketLayout.COOKIE),
        bytes.getLong(at + SocketLayout.INODE),
        bytes.getInt(at + SocketLayout.USER),
        tcp ? TcpState.of(bytes.get(at + SocketLayout.STATE)) : TcpState.ESTABLISHED,
        direction(bytes, at, known),
        tcp ? bytes.getLong(at + SocketLayout.SENT) : -1, // UDP counts with the packets
        tcp ? bytes.getLong(at + SocketLayout.RECEIVED) : -1,
        tcp ? Decoder.unsigned(bytes, at + SocketLayout.RETRANSMITS) : -1,
        roundTrip(bytes, at),
        process(bytes, at));
  }

  private boolean isAsBefore(ByteBuffer bytes, int at, Socket known) {
    boolean tcp = known.transport() == Transport.TCP;
    return (!tcp
            || (known.state().number() == bytes.get(at + SocketLayout.STATE)
                && known.bytesSent() == bytes.getLong(at + SocketLayout.SENT)
                && known.bytesReceived() == bytes.getLong(at + SocketLayout.RECEIVED)
                && known.retransmits() == Decoder.unsigned(bytes, at + SocketLayout.RETRANSMITS)))
        && known.rttMicros() == roundTrip(bytes, at)
        && known.inode() == bytes.getLong(at + SocketLayout.INODE)
        && known.localPort() == Decoder.port(bytes, at + SocketLayout.LOCAL_PORT)
        && known.remotePort() == Decoder.port(bytes, at + SocketLayout.REMOTE_PORT)
        && known.remoteAddress().low() == Decoder.low(bytes, at + SocketLayout.REMOTE)
        && known.direction() == direction(bytes, at, known)
        && known.process().equals(process(bytes, at));
  }

  private static Direction direction(ByteBuffer bytes, int at, @Nullable Socket known) {
    if (known != null && known.direction() != Direction.UNKNOWN) {
      return known.direction();
    }
    return bytes.get(at + SocketLayout.STATE) == TcpState.SYN_SENT.number()
        ? Direction.OUTBOUND
        : Decoder.direction(bytes.get(at + SocketLayout.ROLE));
  }

  private static long roundTrip(ByteBuffer bytes, int at) {
    long micros = Decoder.unsigned(bytes, at + SocketLayout.ROUND_TRIP) >> MICROS_SHIFT;
    return micros == 0 ? -1 : micros;
  }

  private IpAddress local(ByteBuffer bytes, int at) {
    return decoder.address(bytes, at + SocketLayout.LOCAL);
  }

  private Optional<ProcessIdentity> process(ByteBuffer bytes, int at) {
    return decoder.process(bytes, at + SocketLayout.PROCESS, at + SocketLayout.PROCESS_START);
  }
}
