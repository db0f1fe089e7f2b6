package dev.otelscope.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "::1", "localhost"})
  void loopbackNeedsNoPermission(String host) {
    assertThat(ListenAddress.parse(host, false).address().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void aWiderAddressIsRefusedUnlessToldSo(String host) {
    assertThatThrownBy(() -> ListenAddress.parse(host, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--insecure");
    assertThat(ListenAddress.parse(host, true).insecure()).isTrue();
  }

  @Test
  void aNameIsNotAnAddress() {
    assertThatThrownBy(() -> ListenAddress.parse("shop.example", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 'shop.example'");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortIsA16BitNumber(int number) {
    assertThatThrownBy(() -> Port.exactly(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not " + number);
  }
}
