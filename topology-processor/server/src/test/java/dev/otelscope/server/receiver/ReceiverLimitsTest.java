package dev.otelscope.server.receiver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReceiverLimitsTest {
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
