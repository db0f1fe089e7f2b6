package dev.otelscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:10.0.0.1, 10.0.0.1",
    "::, ::",
    "::1, ::1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
    "1::, 1::",
    "fe80::1:2:3:4, fe80::1:2:3:4",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
  })
  void isPrintedInItsCanonicalForm(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.4 ",
        "localhost",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "fe80::1%lo",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:",
        ":1"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "203.0.113.7, true",
    "2001:db8::1, true",
    "10.1.2.3, false",
    "172.16.0.1, false",
    "172.32.0.1, true",
    "192.168.1.1, false",
    "100.64.0.1, false",
    "100.128.0.1, true",
    "127.0.0.1, false",
    "169.254.1.1, false",
    "224.0.0.1, false",
    "fd00::1, false",
    "fe80::1, false",
    "::1, false",
    "::, false",
  })
  void knowsWhatCanBeOnTheInternet(String text, boolean expected) {
    assertThat(IpAddress.parse(text).isPublic()).isEqualTo(expected);
  }

  @RepeatedTest(300)
  void agreesWithTheJdk(RepetitionInfo repetition) throws UnknownHostException {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    for (int zeros = random.nextInt(12); zeros > 0; zeros--) {
      bytes[random.nextInt(bytes.length)] = 0;
    }
    IpAddress address = IpAddress.ofBytes(bytes);

    assertThat(address.toBytes()).isEqualTo(bytes);
    assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    assertThat(IpAddress.parse(InetAddress.getByAddress(bytes).getHostAddress()))
        .isEqualTo(address);
    InetAddress jdk = InetAddress.getByAddress(bytes);
    assertThat(address.isLoopback()).isEqualTo(jdk.isLoopbackAddress());
    assertThat(address.isMulticast()).isEqualTo(jdk.isMulticastAddress());
  }
}
