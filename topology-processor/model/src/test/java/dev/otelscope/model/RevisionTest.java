package dev.otelscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {

  @ParameterizedTest
  @ValueSource(strings = {":0", "k3x9:1", "k3x9:9223372036854775807"})
  void itsTextIsReadBack(String text) {
    assertThat(Revision.parse(text)).hasToString(text);
  }

  @Test
  void noneIsTheEmptyEpoch() {
    assertThat(Revision.parse(":0")).isEqualTo(Revision.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k3x9", "k3x9:", "k3x9:0", ":1", "k3x9:-1", "a:b:1", "k3x9:x"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Revision.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
