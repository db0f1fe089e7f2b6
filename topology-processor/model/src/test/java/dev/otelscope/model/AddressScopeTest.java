package dev.otelscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.AddressScope.Reach;
import org.junit.jupiter.api.Test;

class AddressScopeTest {

  @Test
  void oneHostsNamespacesAndAnothersAreDifferent() {
    assertThat(AddressScope.namespace("h1", "1"))
        .isEqualTo(AddressScope.namespace("h1", "1"))
        .isNotEqualTo(AddressScope.namespace("h1", "2"))
        .isNotEqualTo(AddressScope.namespace("h2", "1"))
        .isNotEqualTo(AddressScope.host("h1"));
  }

  @Test
  void saysExactlyWhatItsReachNeeds() {
    assertThatThrownBy(() -> new AddressScope(Reach.GLOBAL, "h1", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AddressScope(Reach.HOST, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AddressScope(Reach.HOST, "h1", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AddressScope(Reach.NAMESPACE, "h1", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
