package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.kit.Collector;
import dev.otelscope.standalone.kit.Credentials;
import dev.otelscope.standalone.kit.Parts;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A probe that prefers deltas sends them by gRPC and mutual TLS to a real collector, which sends
/// them to the processor.
@Requires(
    value = {Tool.COLLECTOR, Tool.IP},
    root = true)
class SecureCollectorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void deltasOverMutualTlsGiveTheExactFiguresAlsoAfterTheCollectorWasAway() {
    Credentials receiver = Credentials.make(folder, "receiver");
    Credentials sender = Credentials.make(folder, "sender");
    try (Namespaces namespaces = Namespaces.create();
        Parts parts = new Parts(folder);
        Collector collector = Collector.overTls(folder, parts.otlpHttp(), receiver, sender)) {
      Namespace serverSpace = namespaces.addToBridge("server", "10.77.0.10/24");
      Namespace clientSpace = namespaces.addToBridge("client", "10.77.0.20/24");
      try (RemoteTalker server = RemoteTalker.start(serverSpace, folder.resolve("server.log"));
          RemoteTalker client = RemoteTalker.start(clientSpace, folder.resolve("client.log"))) {
        server.tell("listen 10.77.0.10 7000");
        parts.startProbe(environment(collector, receiver, sender), serverSpace, clientSpace);
        await()
            .atMost(PATIENCE)
            .until(() ->
                parts
                    .api()
                    .view("processes", "system=show&unconnected=show")
                    .process(server.pid())
                    .isPresent());
        client.tell("hold 5 10.77.0.10 7000");
        for (int i = 0; i < 5; i++) {
          client.tell("ask held-" + i + " 1000 20000");
        }
        awaitExactFigures(parts, client, server);

        collector.stop();
        client.tell("ask held-0 5000 70000");
        client.tell("connect one 10.77.0.10 7000");
        collector.restart();
        client.tell("ask one 10 200000");
        awaitExactFigures(parts, client, server);
      }
    }
  }

  private static Map<String, String> environment(
      Collector collector, Credentials receiver, Credentials sender) {
    Map<String, String> environment = new HashMap<>(collector.environment());
    environment.put("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "delta");
    environment.put("OTEL_EXPORTER_OTLP_CERTIFICATE", receiver.certificate().toString());
    environment.put("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", sender.certificate().toString());
    environment.put("OTEL_EXPORTER_OTLP_CLIENT_KEY", sender.key().toString());
    return environment;
  }

  private static void awaitExactFigures(Parts parts, RemoteTalker client, RemoteTalker server) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(Figures.onTheMap(parts.api(), client, server))
                .contains(Figures.done(client)));
  }
}
