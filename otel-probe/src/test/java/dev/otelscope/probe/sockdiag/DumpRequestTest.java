package dev.otelscope.probe.sockdiag;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The bytes that go to the kernel, the same on amd64 and arm64.
class DumpRequestTest {
  private static final String NO_ADDRESSES = "00".repeat(48);

  @Test
  void bothFamiliesInOneWalk() {
    assertThat(hex(DumpRequest.TCP))
        .isEqualTo(
            "4c000000"
                + "1200"
                + "0103"
                + "00000000"
                + "00000000" // length, type, flags
                + "00"
                + "00"
                + "00"
                + "02" // any family, extension INFO
                + NO_ADDRESSES
                + "360f0000" // states 1, 2, 4, 5, 8, 9, 10, 11
                + "00000000");
  }

  @Test
  void oneFamily() {
    assertThat(hex(DumpRequest.TCP_V6))
        .isEqualTo(
            "48000000"
                + "1400"
                + "0103"
                + "00000000"
                + "00000000"
                + "0a"
                + "06"
                + "02"
                + "00" // AF_INET6, TCP, extension INFO
                + "360f0000"
                + NO_ADDRESSES);
  }

  @Test
  void udpInAllStates() {
    assertThat(hex(DumpRequest.UDP_V4)).contains("02110200" + "ffffffff");
    assertThat(hex(DumpRequest.UDP_V6)).contains("0a110200" + "ffffffff");
  }

  private static String hex(DumpRequest request) {
    return HexFormat.of().formatHex(request.bytes().toArray(JAVA_BYTE));
  }
}
