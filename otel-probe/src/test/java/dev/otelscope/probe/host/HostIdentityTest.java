package dev.otelscope.probe.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostIdentityTest {

  @Test
  void clonedImagesWithOtherNamesAreOtherHosts() {
    assertThat(HostIdentity.hash("m", "a"))
        .hasSize(32)
        .isEqualTo(HostIdentity.hash("m", "a"))
        .isNotEqualTo(HostIdentity.hash("m", "b"))
        .isNotEqualTo(HostIdentity.hash("n", "a"));
  }

  @Test
  void whatTheConfigurationSaysIsStronger() {
    assertThat(HostIdentity.ofThisMachine(Optional.of("rack-7")).id()).isEqualTo("rack-7");
  }

  @Test
  void thisMachineHasABootIdAndAName() {
    HostIdentity host = HostIdentity.ofThisMachine(Optional.empty());

    assertThat(host.bootId()).hasSize(36);
    assertThat(host.name()).isNotEmpty();
  }

  @Test
  void aBlankIdIsRefused() {
    assertThatThrownBy(() -> new HostIdentity(" ", "m", "n", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
