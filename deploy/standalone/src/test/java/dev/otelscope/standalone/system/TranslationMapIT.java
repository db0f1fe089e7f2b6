package dev.otelscope.standalone.system;

import static dev.otelscope.standalone.system.Link.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.ScopeProcess;
import dev.otelscope.standalone.kit.ScopeProcess.Up;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a router does to addresses does not show in who talks to whom:
///
/// ```
/// client  10.8.1.2   ─┐            ┌─ first   10.8.2.2:8080 ┐ 10.96.0.10:80,
///                     ├─ router ───┼─ second  10.8.3.2:8080 ┘ in turns
/// outside 10.8.4.2   ─┘            │  (sees the router's address only)
/// ```
@Requires(
    value = {Tool.IP, Tool.NFT},
    root = true)
class TranslationMapIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Namespaces namespaces = Namespaces.create();
  private final List<RemoteTalker> talkers = new ArrayList<>();
  private final Map<Long, String> names = new HashMap<>();
  private final List<String> watched = new ArrayList<>();
  private Namespace router;
  private RemoteTalker client;
  private RemoteTalker first;
  private RemoteTalker outside;

  @BeforeEach
  void connect() {
    router = namespaces.add("router");
    watched.add(router.name());
    router.sysctl("net.ipv4.ip_forward", "1");
    client = talker("client", "10.8.1.2/24", "10.8.1.1");
    first = talker("first", "10.8.2.2/24", "10.8.2.1");
    RemoteTalker second = talker("second", "10.8.3.2/24", "10.8.3.1");
    outside = talker("outside", "10.8.4.2/24", "10.8.4.1");
    router.nft(
        """
        table ip nat {
          chain in {
            type nat hook prerouting priority dstnat;
            ip daddr 10.96.0.10 tcp dport 80 dnat to numgen inc mod 2 map { 0 : 10.8.2.2, 1 : 10.8.3.2 }:8080
          }
          chain out {
            type nat hook postrouting priority srcnat;
            ip daddr 10.8.4.0/24 masquerade
          }
        }
        """);
    first.tell("listen 10.8.2.2 8080");
    second.tell("listen 10.8.3.2 8080");
    outside.tell("listen 10.8.4.2 9000");
  }

  private RemoteTalker talker(String name, String address, String gateway) {
    Namespace namespace = namespaces.addBehind(router, name, address, gateway);
    RemoteTalker talker = RemoteTalker.start(namespace, folder.resolve(name + ".log"));
    talkers.add(talker);
    watched.add(namespace.name());
    names.put(talker.pid(), name);
    return talker;
  }

  @AfterEach
  void remove() {
    talkers.forEach(RemoteTalker::close);
    namespaces.close();
  }

  @Test
  void edgesLeadToTheProcessesBehindTranslatedAddresses() {
    try (Up up =
        ScopeProcess.up(folder, "--host-id", "one", "--namespaces", String.join(",", watched))) {
      Api api = up.api();
      for (int i = 0; i < 4; i++) {
        client.tell("connect virtual" + i + " 10.96.0.10 80");
      }
      client.tell("connect beyond 10.8.4.2 9000");

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      Link.held(
                          api.view("processes", "system=show"),
                          pid -> names.getOrDefault(pid, "pid " + pid)))
                  .containsExactly(
                      tcp("client", "first", 8080).times(2),
                      tcp("client", "outside", 9000),
                      tcp("client", "second", 8080).times(2)));
      assertEdge(api, first, List.of("10.96.0.10:80"));
      assertEdge(api, outside, List.of());

      client.tell("short 40 10.96.0.10 80 100 1000");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(edgeTo(api, first).at("/totals/opened").asInt()).isEqualTo(2 + 20));
    }
  }

  private void assertEdge(Api api, RemoteTalker server, List<String> virtualAddresses) {
    JsonNode details = api.edge("processes", edgeTo(api, server).required("id").asText());
    assertThat(details.at("/edge/pairing").asText()).isEqualTo("exact");
    for (String rows : List.of("/ports", "/processes/rows")) {
      assertThat(details.at(rows).valueStream())
          .singleElement()
          .satisfies(row ->
              assertThat(row.required("virtualAddresses").valueStream().map(JsonNode::asText))
                  .containsExactlyElementsOf(virtualAddresses));
    }
  }

  private JsonNode edgeTo(Api api, RemoteTalker server) {
    return api.view("processes", "system=show").edge(client.pid(), server.pid()).orElseThrow();
  }
}
