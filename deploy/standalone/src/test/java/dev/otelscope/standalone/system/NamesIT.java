package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.Parts;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Command;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names that a real resolver asks a name server for, over both transports and both families, from
/// the wire to the map.
@Requires(value = Tool.IP, root = true)
class NamesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void whatNameServersCallAnAddressIsOnTheMap() throws IOException {
    try (Namespaces namespaces = Namespaces.create();
        Parts parts = new Parts(folder)) {
      Namespace client = namespaces.addToBridge("client", "10.77.0.2/24", "fd77::2/64");
      Namespace outside = namespaces.addToBridge("outside", "10.77.0.3/24", "fd77::3/64");
      outside.loopbackAddress("203.0.113.7/32");
      outside.loopbackAddress("2001:db8:7::7/128");
      outside.loopbackAddress("10.99.0.7/32");
      client.ip("route", "add", "203.0.113.0/24", "via", "10.77.0.3");
      client.ip("-6", "route", "add", "2001:db8:7::/64", "via", "fd77::3");
      client.ip("route", "add", "10.99.0.0/24", "via", "10.77.0.3");
      Started probe = parts.startProbe(client);
      probe.awaitSaid("watching by tier", PATIENCE);
      try (Started server = nameServer(outside);
          RemoteTalker there = RemoteTalker.start(outside, folder.resolve("outside.log"));
          RemoteTalker here = RemoteTalker.start(client, folder.resolve("client.log"))) {
        server.awaitSaid("ready", PATIENCE);
        there.tell("listen 203.0.113.7 443");
        there.tell("listen 2001:db8:7::7 443");
        there.tell("listen 10.99.0.7 631");

        // Each with a way of asking of its own
        resolve(client, "nameserver 10.77.0.3", "www.example.test");
        here.tell("connect web 203.0.113.7 443");
        resolve(client, "nameserver fd77::3\noptions use-vc", "mail.example.test");
        here.tell("connect mail 2001:db8:7::7 443");
        here.tell("connect printer 10.99.0.7 631");
        resolve(client, "nameserver 10.77.0.3\noptions use-vc", "printer.example.test");

        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
              assertPeer(parts, here, "www.example.test", "external service");
              assertPeer(parts, here, "mail.example.test", "external service");
              assertPeer(parts, here, "printer.example.test", "10.99.0.7");
            });
        assertThat(parts.api().view("processes", "system=show&q=www.example").nodes())
            .extracting(node -> node.required("label").asText())
            .containsExactly("www.example.test");
      }
    }
  }

  /// A node of this label, to which the client has an edge.
  private static void assertPeer(Parts parts, RemoteTalker client, String label, String sublabel) {
    var view = parts.api().view("processes", "system=show");
    Optional<JsonNode> peer =
        view.nodes().filter(node -> node.required("label").asText().equals(label)).findFirst();
    assertThat(peer).as("%s", view.json()).isPresent();
    assertThat(peer.get().required("sublabel").asText()).isEqualTo(sublabel);
    JsonNode process = view.process(client.pid()).orElseThrow();
    assertThat(view.edges())
        .anyMatch(edge ->
            edge.required("source").equals(process.required("id"))
                && edge.required("target").equals(peer.get().required("id")));
  }

  private Started nameServer(Namespace where) {
    return Started.start(
        folder.resolve("name-server.log"),
        Map.of(),
        where.inside(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            NameServer.home(),
            NameServer.class.getName(),
            "api.example.test=203.0.113.7",
            "www.example.test=api.example.test",
            "mail.example.test=2001:db8:7::7",
            "printer.example.test=10.99.0.7"));
  }

  /// Has the C library ask, by a configuration that only this command sees.
  private void resolve(Namespace where, String configuration, String name) throws IOException {
    Path resolv = Files.writeString(folder.resolve("resolv.conf"), configuration + "\n");
    List<String> ask =
        List.of(
            "sh",
            "-c",
            "mount --bind \"$1\" /etc/resolv.conf && exec getent ahosts \"$2\"",
            "ask",
            resolv.toString(),
            name);
    assertThat(Command.run(where.inside(ask))).contains("STREAM");
  }
}
