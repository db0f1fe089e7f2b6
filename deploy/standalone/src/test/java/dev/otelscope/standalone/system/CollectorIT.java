package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.kit.Collector;
import dev.otelscope.standalone.kit.Parts;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Probe, a real collector, processor and query service as separate programs.
@Requires(
    value = {
      Tool.COLLECTOR,
      Tool.IP,
      Tool.SETPRIV,
      Tool.NGINX,
      Tool.POSTGRES,
      Tool.INITDB,
      Tool.REDIS
    },
    root = true)
class CollectorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", Collector.MEDDLING})
  void theMapOfTheShopIsTheSame(String processors) throws IOException {
    try (ShopNetwork shop = new ShopNetwork(Files.createDirectory(folder.resolve("shop")));
        Parts parts = new Parts(folder);
        Collector collector = new Collector(folder, processors, parts.otlpHttp())) {
      ShopTraffic traffic = new ShopTraffic(shop);
      parts.startProbe(collector.environment(), shop.inside().toArray(Namespace[]::new));
      Api api = parts.api();

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(Link.held(api.view("processes", "system=show"), shop::nameWithPid))
                  .isEqualTo(traffic.held()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", Collector.MEDDLING})
  void figuresOfWhatBeganAfterTheCollectorAreExact(String processors) {
    try (Pair pair = new Pair(processors)) {
      pair.client.tell("hold 5 10.77.0.10 7000");
      for (int i = 0; i < 5; i++) {
        pair.client.tell("ask held-" + i + " 1000 20000");
      }
      pair.awaitExactFigures();
    }
  }

  @Test
  void whileTheCollectorIsAwayNothingIsLostButResolution() {
    try (Pair pair = new Pair("")) {
      pair.client.tell("hold 5 10.77.0.10 7000");
      pair.awaitExactFigures();

      pair.collector.stop();
      pair.client.tell("busy 10 100 2000");
      pair.client.tell("connect one 10.77.0.10 7000");
      await().atMost(PATIENCE).until(() -> pair.client.totals().received() > 1_000_000);
      pair.client.tell("idle");
      pair.collector.restart();

      pair.awaitExactFigures();
    }
  }

  /// A client and a server, watched by a probe that sends to a collector.
  private final class Pair implements AutoCloseable {
    private final Namespaces namespaces = Namespaces.create();
    private final Namespace serverSpace = namespaces.addToBridge("server", "10.77.0.10/24");
    private final Namespace clientSpace = namespaces.addToBridge("client", "10.77.0.20/24");
    private final RemoteTalker server =
        RemoteTalker.start(serverSpace, folder.resolve("server.log"));
    private final RemoteTalker client =
        RemoteTalker.start(clientSpace, folder.resolve("client.log"));
    private final Parts parts = new Parts(folder);
    private final Collector collector;

    Pair(String processors) {
      collector = new Collector(folder, processors, parts.otlpHttp());
      server.tell("listen 10.77.0.10 7000");
      parts.startProbe(collector.environment(), serverSpace, clientSpace);
      await()
          .atMost(PATIENCE)
          .until(() ->
              parts
                  .api()
                  .view("processes", "system=show&unconnected=show")
                  .process(server.pid())
                  .isPresent());
    }

    void awaitExactFigures() {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(map()).contains(Figures.done(client)));
    }

    private Optional<Figures> map() {
      return Figures.onTheMap(parts.api(), client, server);
    }

    @Override
    public void close() {
      collector.close();
      parts.close();
      client.close();
      server.close();
      namespaces.close();
    }
  }
}
