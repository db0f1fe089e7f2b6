package dev.otelscope.probe.tracing;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.Ending;
import java.nio.ByteBuffer;

/// Reads [EndLayout].
final class EndReader {
  private final Decoder decoder;

  EndReader(Decoder decoder) {
    this.decoder = decoder;
  }

  ClosedSocket read(ByteBuffer bytes, int at) {
    boolean established = bytes.get(at + EndLayout.ESTABLISHED) != 0;
    boolean fromTheStart = bytes.get(at + EndLayout.ROLE) != EndLayout.ROLE_UNKNOWN;
    return new ClosedSocket(
        Transport.TCP,
        decoder.address(bytes, at + EndLayout.LOCAL),
        Decoder.port(bytes, at + EndLayout.LOCAL_PORT),
        decoder.address(bytes, at + EndLayout.REMOTE),
        Decoder.port(bytes, at + EndLayout.REMOTE_PORT),
        bytes.getLong(at + EndLayout.COOKIE),
        established,
        bytes.getLong(at + EndLayout.SENT),
        bytes.getLong(at + EndLayout.RECEIVED),
        Decoder.unsigned(bytes, at + EndLayout.RETRANSMITS),
        Decoder.direction(bytes.get(at + EndLayout.ROLE)),
        decoder.process(bytes, at + EndLayout.PROCESS, at + EndLayout.PROCESS_START),
        ending(bytes.getInt(at + EndLayout.ENDING)),
        established && fromTheStart ? bytes.getLong(at + EndLayout.TIME) : -1);
  }

  private static Ending ending(int number) {
    return switch (number) {
      case EndLayout.ENDING_ORDERLY -> Ending.ORDERLY;
      case EndLayout.ENDING_RESET -> Ending.RESET;
      case EndLayout.ENDING_REFUSED -> Ending.REFUSED;
      case EndLayout.ENDING_TIMED_OUT -> Ending.TIMED_OUT;
      case EndLayout.ENDING_UNREACHABLE -> Ending.UNREACHABLE;
      default -> Ending.UNKNOWN;
    };
  }
}
