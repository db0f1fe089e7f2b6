package dev.otelscope.probe.container.cri.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderBlockTest {
  /// The examples of RFC 7541, appendix C.
  @ParameterizedTest
  @CsvSource({
    "f1e3c2e5f23a6ba0ab90f4ff, www.example.com",
    "a8eb10649cbf, no-cache",
    "25a849e95ba97d7f, custom-key",
    "25a849e95bb8e8b4bf, custom-value",
    "6402, 302",
    "d07abe941054d444a8200595040b8166e082a62d1bff, 'Mon, 21 Oct 2013 20:13:21 GMT'",
  })
  void textsInTheCodeOfTheSpecificationAreRead(String hex, String text) throws IOException {
    byte[] bits = HexFormat.of().parseHex(hex);

    assertThat(HuffmanCode.decode(bits, 0, bits.length)).isEqualTo(text.getBytes(US_ASCII));
  }

  @Test
  void whatItWritesItReads() throws IOException {
    assertThat(HeaderBlock.read(HeaderBlock.write("te", "trailers", "grpc-status", "0")))
        .containsOnly(Map.entry("te", "trailers"), Map.entry("grpc-status", "0"));
  }

  @Test
  void headersOfTheFixedTableAreLeftOut() throws IOException {
    // the table's size is 0; :status 200; content-type as a literal; grpc-status, to be indexed
    byte[] block =
        HexFormat.of().parseHex("2088" + "5f0161" + "400b" + hex("grpc-status") + "0135");

    assertThat(HeaderBlock.read(block)).containsExactly(Map.entry("grpc-status", "5"));
  }

  @Test
  void aTableThatIsNotKeptIsAnError() {
    assertThatThrownBy(() -> HeaderBlock.read(HexFormat.of().parseHex("be")))
        .hasMessage("a header refers to entry 62 of a table that is not kept");
  }

  @Test
  void whatIsCutIsAnError() {
    byte[] block = HeaderBlock.write("grpc-status", "0");
    for (int length = 1; length < block.length; length++) {
      byte[] cut = Arrays.copyOf(block, length);
      assertThatThrownBy(() -> HeaderBlock.read(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anyBytesAreReadOrRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] block = new byte[random.nextInt(40)];
      random.nextBytes(block);
      try {
        assertThat(HeaderBlock.read(block)).as("seed %d", seed).isNotNull();
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageMatching("(?s).*header.*");
      }
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }
}
