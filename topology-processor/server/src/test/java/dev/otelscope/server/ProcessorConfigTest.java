package dev.otelscope.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.server.receiver.ReceiverLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorConfigTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "::1", "localhost"})
  void loopbackNeedsNoPermission(String host) {
    assertThat(ProcessorConfig.DEFAULTS.withHost(ProcessorConfig.address(host), false).host())
        .isEqualTo(ProcessorConfig.address(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void aWiderAddressIsRefusedUnlessToldSo(String host) {
    assertThatThrownBy(
            () -> ProcessorConfig.DEFAULTS.withHost(ProcessorConfig.address(host), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--insecure");
    assertThat(ProcessorConfig.DEFAULTS.withHost(ProcessorConfig.address(host), true).insecure())
        .isTrue();
  }

  @Test
  void aNameIsNotAnAddress() {
    assertThatThrownBy(() -> ProcessorConfig.address("shop.example"))
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

  @Test
  void limitsMustLeaveRoomForSomething() {
    assertThatThrownBy(() -> new ReceiverLimits(0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReceiverLimits(2, 1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReceiverLimits(1, 1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
