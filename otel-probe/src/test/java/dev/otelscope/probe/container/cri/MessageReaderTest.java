package dev.otelscope.probe.container.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {

  @Test
  void readsWhatTheWriterWrote() throws IOException {
    String longText = "x".repeat(1000);
    byte[] bytes =
        new MessageWriter()
            .text(1, longText)
            .yes(2)
            .message(3, new MessageWriter().text(1, "key").text(2, "value"))
            .bytes();
    MessageReader reader = new MessageReader(bytes);
    Map<String, String> entries = new HashMap<>();

    assertThat(reader.next()).isTrue();
    assertThat(reader.text()).isEqualTo(longText);
    assertThat(reader.next()).isTrue();
    assertThat(reader.number()).isEqualTo(1);
    assertThat(reader.next()).isTrue();
    reader.entry(entries);
    assertThat(entries).containsExactly(Map.entry("key", "value"));
    assertThat(reader.next()).isFalse();
  }

  @Test
  void fieldsOfAllKindsAreSkipped() throws IOException {
    // a varint of 10 bytes, 8 bytes, 4 bytes, a text, then field 5
    MessageReader reader =
        reader(
            "08ffffffffffffffffff01" + "110102030405060708" + "1d01020304" + "22026162" + "2807");
    int last = 0;
    while (reader.next()) {
      last = reader.field();
    }

    assertThat(last).isEqualTo(5);
    assertThat(reader.number()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "0a05616263, 2, 5 more bytes",
    "0affffffffffffffffff01, 11, -1 more bytes",
    "08ff, 1, a whole number",
    "0b, 0, 'a value, not one of kind 3'",
    "0001, 0, the number of a field",
    "0d0102, 1, 4 more bytes",
  })
  void whatIsMalformedIsRefusedWithItsOffset(String hex, int offset, String expected) {
    assertThatThrownBy(() -> reader(hex).next())
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("a message of CRI is malformed at byte " + offset + ": expected " + expected);
  }

  @Test
  void aValueOfAnotherKindIsRefused() throws IOException {
    MessageReader reader = reader("0801");

    assertThat(reader.next()).isTrue();
    assertThatThrownBy(reader::text).hasMessageEndingWith("expected a text as field 1");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] status =
        new MessageWriter()
            .message(
                1,
                new MessageWriter()
                    .text(1, "79c1")
                    .message(2, new MessageWriter().text(1, "cart"))
                    .message(12, new MessageWriter().text(1, "tier").text(2, "front")))
            .message(2, new MessageWriter().text(1, "info").text(2, "{\"pid\": 7}"))
            .bytes();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(status, random.nextInt(status.length + 1));
      for (int j = random.nextInt(3); j > 0 && bytes.length > 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(ContainerStatus.read(bytes)).as("seed %d", seed).isNotNull();
      } catch (IOException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotEmpty();
      }
    }
  }

  private static MessageReader reader(String hex) {
    return new MessageReader(HexFormat.of().parseHex(hex));
  }
}
