package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.ScopeProcess;
import dev.otelscope.standalone.kit.ScopeProcess.Ended;
import dev.otelscope.standalone.kit.ScopeProcess.Up;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.kit.Until;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./scope up` as a program: how it starts, what it says, how it ends.
class UpIT {
  private static final Duration STOPPING = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void theReadyFileSaysWhereEverythingAnswers() throws IOException, InterruptedException {
    try (Up up = ScopeProcess.up(folder)) {
      assertThat(up.ready().required("pid").asLong()).isEqualTo(up.process().pid());
      up.process()
          .awaitSaid(
              "OTel Scope is ready at " + up.url("url") + System.lineSeparator(),
              Duration.ofSeconds(30)); // the line comes after the file

      assertThat(up.api().status("/readyz")).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(up.api().get("/api/v1/views").required("views").valueStream())
                  .extracting(view -> view.required("id").asText())
                  .contains("processes", "processes-by-name", "hosts"));
      assertThat(up.api().status("/")).isEqualTo(200);
      assertThat(postNothing(up.url("otlpHttp"))).isEqualTo(200);
      for (String other : List.of("otlpGrpc", "graph")) {
        URI url = up.url(other);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
          assertThat(socket.isConnected()).as(other).isTrue();
        }
      }
    }
  }

  @Test
  void everythingWorksAtTheLoopbackOfIpv6() {
    try (Up up = ScopeProcess.up(folder, "--host=::1")) {
      for (String each : List.of("url", "otlpHttp", "otlpGrpc", "graph")) {
        assertThat(up.url(each).toString()).as(each).startsWith("http://[::1]:");
      }
      await()
          .atMost(Duration.ofSeconds(45))
          .untilAsserted(() ->
              assertThat(
                      up.api()
                          .view("processes", "system=show&unconnected=show")
                          .process(up.process().pid()))
                  .isPresent());
    }
  }

  @Test
  void itStopsWhenToldToAlsoWhileSomebodyWatches() throws IOException {
    try (Up up = ScopeProcess.up(folder);
        var watching = up.api().stream("processes", "")) {
      assertThat(watching.next(STOPPING)).isPresent();
      up.process().terminate();

      assertThat(up.process().await(STOPPING)).isEqualTo(128 + 15);
      assertThat(up.process().said()).doesNotContain("Exception", "not everything had ended");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--prot=1", "--port=many", "--host=example.test", "--host=0.0.0.0"})
  void aWrongOptionIsOneSentence(String option) {
    assertOneSentence(ScopeProcess.run(folder, "up", option));
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheNearestKnownOne() {
    assertThat(ScopeProcess.run(folder, "up", "--prot=1").said()).contains("--prot", "--port");
    assertThat(ScopeProcess.run(folder, "dctor").said()).contains("dctor", "doctor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--otlp-http-port", "--otlp-grpc-port", "--graph-port"})
  void aTakenPortIsOneSentence(String option) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String anyPage = option.equals("--port") ? "--no-probe" : "--port=0";
      Ended ended = ScopeProcess.run(folder, "up", anyPage, option + "=" + port);

      assertOneSentence(ended);
      assertThat(ended.said()).contains(port);
    }
  }

  @Test
  @Requires(value = Tool.IP, root = true)
  void aDefaultOtlpPortThatIsTakenIsReplacedAndThatIsSaid() {
    try (Namespaces namespaces = Namespaces.create()) {
      Namespace alone = namespaces.add("alone");
      RemoteTalker collector = RemoteTalker.start(alone, folder.resolve("collector.log"));
      collector.tell("listen 127.0.0.1 4318");
      try (Started up = ScopeProcess.startAs(alone.inside(), folder, Map.of(), "up")) {
        Until.said(up, "OTel Scope is ready at http://127.0.0.1:4040" + System.lineSeparator());

        assertThat(up.said()).contains("4318").doesNotContain("4317");
      }
    }
  }

  private static void assertOneSentence(Ended ended) {
    assertThat(ended.status()).as(ended.said()).isEqualTo(2);
    assertThat(ended.said().strip().lines()).as(ended.said()).hasSize(1);
  }

  private static int postNothing(URI otlp) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(otlp.resolve("/v1/metrics"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{}"))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }
}
