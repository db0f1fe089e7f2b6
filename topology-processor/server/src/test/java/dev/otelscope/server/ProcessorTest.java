package dev.otelscope.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import dev.otelscope.serving.Port;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final ProcessorConfig ANY_PORTS =
      ProcessorConfig.DEFAULTS.withPorts(
          Port.exactly(0), Port.exactly(0), Optional.of(Port.exactly(0)));

  @Test
  void answersOnAllItsPortsOnceItHasStarted() throws Exception {
    try (Processor processor = Processor.start(ANY_PORTS)) {
      for (URI uri :
          new URI[] {processor.otlpHttp(), processor.otlpGrpc(), processor.graph().orElseThrow()}) {
        assertThat(uri.getHost()).isEqualTo("127.0.0.1");
        assertThat(get(uri, "/healthz").status()).isEqualTo(HttpStatus.OK);
        assertThat(get(uri, "/readyz").status()).isEqualTo(HttpStatus.OK);
      }
      assertThat(processor.notices()).isEmpty();
    }
  }

  @Test
  void saysInMetricsWhatBecameOfEveryRequest() throws Exception {
    try (Processor processor = Processor.start(ANY_PORTS)) {
      post(processor.otlpHttp(), "application/x-protobuf");
      post(processor.otlpHttp(), "text/plain");
      post(processor.otlpGrpc(), "application/json"); // either port takes either protocol

      assertThat(get(processor.otlpHttp(), "/metrics").contentUtf8())
          .contains(
              "otelscope_otlp_requests_total{outcome=\"accepted\",signal=\"metrics\",transport=\"http\"} 2.0",
              "otelscope_otlp_requests_total{outcome=\"unsupported\",signal=\"metrics\",transport=\"http\"} 1.0",
              "otelscope_otlp_requests_total{outcome=\"accepted\",signal=\"logs\",transport=\"grpc\"} 0.0",
              "otelscope_engine_total{family=\"requests\",what=\"request_accepted\"",
              "otelscope_graph_edges 0.0");
    }
  }

  @Test
  void aDefaultPortThatIsTakenIsReplacedByAFreeOneAndThatIsSaid() throws Exception {
    try (ServerSocket taken = occupy()) {
      ProcessorConfig config =
          ProcessorConfig.DEFAULTS.withPorts(
              Port.preferably(taken.getLocalPort()), Port.exactly(0), Optional.empty());

      try (Processor processor = Processor.start(config)) {
        assertThat(processor.otlpHttp().getPort()).isNotEqualTo(taken.getLocalPort());
        assertThat(processor.notices())
            .containsExactly(
                "Port %d is taken, perhaps by a collector: OTLP/HTTP listens on %d instead."
                    .formatted(taken.getLocalPort(), processor.otlpHttp().getPort()));
        assertThat(processor.graph()).isEmpty();
      }
    }
  }

  @Test
  void anyOtherPortThatIsTakenStopsTheStartWithOneSentence() throws Exception {
    try (ServerSocket taken = occupy()) {
      ProcessorConfig config =
          ProcessorConfig.DEFAULTS.withPorts(
              Port.exactly(0), Port.exactly(0), Optional.of(Port.exactly(taken.getLocalPort())));

      assertThatThrownBy(() -> Processor.start(config).close())
          .isInstanceOf(BindException.class)
          .hasMessage(
              "The graph stream cannot listen on port %d of 127.0.0.1: it is taken. Choose another"
                  + " port with --graph-port, or 0 for any free one.",
              taken.getLocalPort());
    }
  }

  @Test
  void givesItsPortsBackWhenItCloses() throws Exception {
    Processor processor = Processor.start(ANY_PORTS);
    int port = processor.otlpHttp().getPort();

    processor.close();

    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(free.getLocalPort()).isEqualTo(port);
    }
  }

  private static ServerSocket occupy() throws IOException {
    return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static AggregatedHttpResponse get(URI uri, String path) {
    return WebClient.of(uri).get(path).aggregate().join();
  }

  private static void post(URI uri, String contentType) {
    WebClient.of(uri)
        .execute(
            RequestHeaders.of(
                HttpMethod.POST, "/v1/metrics", HttpHeaderNames.CONTENT_TYPE, contentType),
            HttpData.ofUtf8(contentType.endsWith("json") ? "{}" : ""))
        .aggregate()
        .join();
  }
}
