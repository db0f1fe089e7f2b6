package dev.otelscope.probe.primitive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {

  /// Published values, of texts shorter than a word, than a stripe, and longer than one.
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
  })
  void givesThePublishedValues(String text, String hash) {
    assertThat(XxHash64.of(text.getBytes(US_ASCII))).isEqualTo(Long.parseUnsignedLong(hash, 16));
  }
}
