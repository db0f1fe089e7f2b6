package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.Ending;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.process.ProcessIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndReaderTest {
  private final EndReader reader = new EndReader(new Decoder());

  /// As a little-endian machine writes it.
  private static ByteBuffer refused() {
    String hex =
        """
        01 00 0000 110000f0 0700000000000000
        d204000000000000 80969800 00000000 0000000000000000
        0000000000000000 0000000000000000 0000000000000000
        00000000 02000000
        9c40 0050 00000000
        00000000000000000000ffff0a000001
        20010db8000000000000000000000002
        """;
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void bytesAreReadWhereTheProgramPutsThem() {
    assertThat(reader.read(refused(), 0))
        .isEqualTo(
            new ClosedSocket(
                Transport.TCP,
                IpAddress.parse("10.0.0.1"),
                40_000,
                IpAddress.parse("2001:db8::2"),
                80,
                7,
                false,
                0,
                0,
                0,
                Direction.OUTBOUND,
                Optional.of(new ProcessIdentity(1234, 1)),
                Ending.REFUSED,
                -1));
  }

  @Test
  void anEndWithoutAProcessOrABeginningSaysSo() {
    ByteBuffer bytes = refused();
    bytes.putLong(EndLayout.PROCESS, 0);
    bytes.put(EndLayout.ROLE, (byte) EndLayout.ROLE_UNKNOWN);
    bytes.put(EndLayout.ESTABLISHED, (byte) 1);
    bytes.putInt(EndLayout.ENDING, EndLayout.ENDING_ORDERLY);
    bytes.putLong(EndLayout.TIME, 99);

    ClosedSocket end = reader.read(bytes, 0);

    assertThat(end.process()).isEmpty();
    assertThat(end.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(end.durationNanos()).as("nobody saw it begin").isEqualTo(-1);
    assertThat(end.ending()).isEqualTo(Ending.ORDERLY);
  }

  @Test
  void aPidThatIsGivenToAnotherProcessIsAnotherProcess() {
    ByteBuffer bytes = refused();
    Optional<ProcessIdentity> first = reader.read(bytes, 0).process();
    bytes.putLong(EndLayout.PROCESS_START, 50_000_000);

    assertThat(reader.read(bytes, 0).process()).contains(new ProcessIdentity(1234, 5));
    assertThat(first).contains(new ProcessIdentity(1234, 1));
  }
}
