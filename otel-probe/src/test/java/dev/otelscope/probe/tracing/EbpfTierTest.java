package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EbpfTierTest {

  @Test
  void onlyInTheHostsPidNamespaceDoNumbersOfProcessesMeanTheSame() {
    assertThatCode(() -> EbpfTier.requireHostProcesses(4_026_531_836L)).doesNotThrowAnyException();
    assertThatThrownBy(() -> EbpfTier.requireHostProcesses(4_026_532_100L))
        .hasMessageContaining("--pid=host");
  }
}
