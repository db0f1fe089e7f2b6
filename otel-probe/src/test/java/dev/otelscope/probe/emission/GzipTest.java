package dev.otelscope.probe.emission;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipTest {
  private final Gzip gzip = new Gzip();
  private final Random random = new Random(7);

  @Test
  void oneMessageAfterTheOtherIsReadByTheJdk() throws IOException {
    for (int size : new int[] {0, 1, 100, 10_000, 1_000_000, 3}) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      assertThat(decompressed(compressed(message))).isEqualTo(message);
    }
  }

  @Test
  void whatRepeatsItselfBecomesSmall() throws IOException {
    byte[] message = "service.name=checkout;".repeat(1000).getBytes(US_ASCII);
    assertThat(compressed(message)).hasSizeLessThan(message.length / 50);
  }

  /// A part byte by byte, the rest at once.
  private byte[] compressed(byte[] message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = gzip.compress(bytes)) {
      int single = Math.min(message.length, 50);
      for (int i = 0; i < single; i++) {
        out.write(message[i]);
      }
      out.write(message, single, message.length - single);
    }
    return bytes.toByteArray();
  }

  private static byte[] decompressed(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
