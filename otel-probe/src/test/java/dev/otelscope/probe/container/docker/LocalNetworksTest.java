package dev.otelscope.probe.container.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.container.socket.JsonObject;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalNetworksTest {
  @Test
  void theRangesOfBridgesAreOfThisHostOnly() throws IOException {
    assertThat(
            localNetworks(
                network("bridge", "local", "172.17.0.0/16"),
                network("bridge", "local", "172.18.0.0/16\"},{\"Subnet\":\"fd00:18::/64")))
        .containsExactlyInAnyOrder(
            Cidr.parse("172.17.0.0/16"), Cidr.parse("172.18.0.0/16"), Cidr.parse("fd00:18::/64"));
  }

  @Test
  void whatSpansHostsOrIsOfTheNetworkAroundThisOneIsNot() throws IOException {
    assertThat(
            localNetworks(
                network("overlay", "swarm", "10.0.1.0/24"),
                network("macvlan", "local", "192.168.1.0/24"),
                "{\"Name\":\"host\",\"Scope\":\"local\",\"Driver\":\"host\",\"IPAM\":{\"Config\":null}}"))
        .isEmpty();
  }

  @Test
  void aRangeThatCannotBeReadIsLeftOut() throws IOException {
    assertThat(
            localNetworks(
                network("bridge", "local", "somewhere"), network("bridge", "local", "10.9.0.0/24")))
        .containsExactly(Cidr.parse("10.9.0.0/24"));
  }

  private static Set<Cidr> localNetworks(String... networks) throws IOException {
    return LocalNetworks.in(
        JsonObject.parse(("[" + String.join(",", networks) + "]").getBytes(UTF_8)));
  }

  private static String network(String driver, String scope, String subnet) {
    return "{\"Name\":\"n\",\"Scope\":\"%s\",\"Driver\":\"%s\",\"IPAM\":{\"Config\":[{\"Subnet\":\"%s\"}]}}"
        .formatted(scope, driver, subnet);
  }
}
