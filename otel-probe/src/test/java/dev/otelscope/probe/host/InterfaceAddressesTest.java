package dev.otelscope.probe.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfaceAddressesTest {
  @TempDir private Path net;

  @Test
  void readsWhatTheKernelWrites() throws IOException {
    Files.writeString(
        net.resolve("fib_trie"),
        """
        Main:
          +-- 0.0.0.0/0 3 0 5
             +-- 127.0.0.0/8 2 0 2
                   |-- 127.0.0.0
                      /8 host LOCAL
                   |-- 127.0.0.1
                      /32 host LOCAL
             +-- 10.77.0.0/24 2 0 2
                   |-- 10.77.0.0
                      /24 link UNICAST
                   |-- 10.77.0.1
                      /32 host LOCAL
                |-- 10.77.0.255
                   /32 link BROADCAST
        """);
    Files.writeString(
        net.resolve("if_inet6"),
        """
        00000000000000000000000000000001 01 80 10 80       lo
        fe8000000000000000fc00fffe000001 04 40 20 80     eth0
        fd000000000000000000000000000002 04 40 00 82     eth0
        """);

    InterfaceAddresses read = InterfaceAddresses.read(net).orElseThrow();

    assertThat(read.addresses())
        .extracting(IpAddress::toString)
        .containsExactlyInAnyOrder(
            "127.0.0.1", "10.77.0.1", "::1", "fe80::fc:ff:fe00:1", "fd00::2");
    assertThat(read.networks()).containsExactlyInAnyOrder("10.77.0.0/24", "fd00::/64");
  }

  @Test
  void aKernelWithoutIpv6HasOnlyTheOthers() throws IOException {
    Files.writeString(net.resolve("fib_trie"), "   |-- 10.0.0.1\n      /32 host LOCAL\n");

    assertThat(InterfaceAddresses.read(net).orElseThrow().addresses())
        .containsExactly(IpAddress.parse("10.0.0.1"));
  }

  @Test
  void whatCannotBeReadIsEmpty() {
    assertThat(InterfaceAddresses.read(net.resolve("absent"))).isEmpty();
  }
}
