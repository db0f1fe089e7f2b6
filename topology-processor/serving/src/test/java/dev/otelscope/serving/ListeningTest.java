package dev.otelscope.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServerBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:",
    "::1, http://[::1]:",
    "0.0.0.0, http://127.0.0.1:",
    "::, http://[::1]:",
  })
  void answersAtItsUriOnceItIsOpen(String host, String uri) throws Exception {
    try (Listening open = open(Port.exactly(0), ListenAddress.parse(host, true))) {
      assertThat(open.uri()).hasToString(uri + open.port());
      assertThat(get(open, "/hello")).isEqualTo("hello");
      assertThat(get(open, "/healthz")).contains("healthy");
      assertThat(open.notice()).isEmpty();
    }
  }

  @Test
  void anotherPortIsTakenAndSaidWhereOneIsOnlyPreferred() throws Exception {
    try (ServerSocket taken = occupy();
        Listening open = open(Port.preferably(taken.getLocalPort()), ListenAddress.LOOPBACK)) {
      assertThat(open.port()).isNotEqualTo(taken.getLocalPort());
      assertThat(get(open, "/hello")).isEqualTo("hello");
      assertThat(open.notice())
          .isEqualTo(
              "Port %d is taken, perhaps by a collector: The test listens on %d instead."
                  .formatted(taken.getLocalPort(), open.port()));
    }
  }

  @Test
  void aTakenPortThatIsMeantIsSaidInOneSentence() throws Exception {
    try (ServerSocket taken = occupy()) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> open(Port.exactly(port), ListenAddress.LOOPBACK))
          .isInstanceOf(BindException.class)
          .hasMessage(
              "The test cannot listen on port %d of 127.0.0.1: it is taken. Choose another port with --test-port, or 0 for any free one.",
              port);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsSaidInOneSentence() {
    assertThatThrownBy(() -> open(Port.exactly(0), ListenAddress.parse("192.0.2.1", true)))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith("The test cannot listen on port 0 of 192.0.2.1: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void givesItsPortBackWhenItCloses() throws Exception {
    Listening open = open(Port.exactly(0), ListenAddress.LOOPBACK);
    int port = open.port();

    open.close();

    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(free.getLocalPort()).isEqualTo(port);
    }
  }

  private static Listening open(Port port, ListenAddress host) throws BindException {
    return Listening.open(
        new Endpoint("The test", "--test-port", port), host, ListeningTest::routes);
  }

  private static void routes(ServerBuilder server) {
    server.service("/hello", (context, request) -> HttpResponse.of("hello"));
  }

  private static ServerSocket occupy() throws IOException {
    return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static String get(Listening open, String path) {
    return WebClient.of(open.uri()).get(path).aggregate().join().contentUtf8();
  }
}
