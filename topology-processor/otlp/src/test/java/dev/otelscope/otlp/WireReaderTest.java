package dev.otelscope.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireReaderTest {
  private final WireReader in = new WireReader();

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "7f, 127",
    "8001, 128",
    "8000, 0", // one byte more than needed is allowed
    "ffffffffffffffffff01, -1",
    "80808080808080808001, -9223372036854775808",
  })
  void numbersOfUpToTenBytesAreRead(String hex, long value) throws Exception {
    at(hex);
    assertThat(in.varint()).isEqualTo(value);
    assertThat(in.hasMore()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "80, byte 1: the message ends within a number",
    "8080808080808080808001, byte 0: a number of more than 10 bytes",
  })
  void otherNumbersAreMalformed(String hex, String message) {
    at(hex);
    assertThatThrownBy(in::varint).isInstanceOf(MalformedOtlpException.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0b, byte 0: groups are not supported",
    "0c, byte 0: groups are not supported",
    "0e, byte 0: wire type 6 does not exist",
    "0f, byte 0: wire type 7 does not exist",
    "02, byte 0: no field has the number 0",
    "8000, byte 0: no field has the number 0",
    "808080808001, byte 0: no field has the number 4294967296",
  })
  void otherTagsAreMalformed(String hex, String message) {
    at(hex);
    assertThatThrownBy(in::tag)
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "03ffff, byte 0: a length of 3 where 2 bytes are left",
    "ffffffffffffffffff01ff, byte 0: a length of 18446744073709551615 where 1 bytes are left",
    "ffffffff0f, byte 0: a length of 4294967295 where 0 bytes are left",
  })
  void lengthsBeyondTheEndAreMalformed(String hex, String message) {
    at(hex);
    assertThatThrownBy(in::length).isInstanceOf(MalformedOtlpException.class).hasMessage(message);
  }

  @Test
  void aMessageThatWasEnteredIsNotLeftByReading() throws Exception {
    at("0180" + "01");
    int outer = in.enter();
    assertThatThrownBy(in::varint).hasMessage("byte 2: the message ends within a number");
    in.position(in.end());
    in.leave(outer);
    assertThat(in.varint()).isEqualTo(1);
  }

  private void at(String hex) {
    byte[] bytes = HexFormat.of().parseHex("ffff" + hex + "01");
    in.reset(bytes, 2, bytes.length - 3);
  }
}
