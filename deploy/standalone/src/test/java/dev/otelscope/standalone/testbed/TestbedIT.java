package dev.otelscope.standalone.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requires(value = Tool.IP, root = true)
class TestbedIT {
  private Namespaces namespaces;
  private Namespace server;
  private Namespace client;

  @TempDir Path folder;

  @BeforeEach
  void makeNamespaces() {
    namespaces = Namespaces.create();
    server = namespaces.addToBridge("server", "10.77.0.10/24", "fd77::10/64");
    client = namespaces.addToBridge("client", "10.77.0.20/24", "fd77::20/64");
  }

  @AfterEach
  void removeNamespaces() {
    namespaces.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.77.0.10", "fd77::10"})
  void talkersTalkAcrossTheBridgeAndCountWhatTheyDo(String address) {
    try (RemoteTalker listening = talker(server);
        RemoteTalker talking = talker(client)) {
      listening.tell("listen " + address + " 7000");
      talking.tell("connect a " + address + " 7000");
      talking.tell("ask a 100 2000");
      talking.tell("short 3 " + address + " 7000 10 20");
      talking.tellInVain("connect b " + address + " 7001");

      assertThat(talking.totals()).isEqualTo(new RemoteTalker.Totals(4, 1, 130, 2060));
    }
  }

  @Test
  void datagramsAreAnswered() {
    try (RemoteTalker listening = talker(server);
        RemoteTalker talking = talker(client)) {
      listening.tell("listen-udp fd77::10 7000");
      talking.tell("connect-udp a fd77::10 7000");
      talking.tell("ask a 100 200");

      assertThat(talking.totals()).isEqualTo(new RemoteTalker.Totals(1, 0, 100, 200));
    }
  }

  @Test
  void workGoesOnUntilItIsToldToEnd() {
    try (RemoteTalker listening = talker(server);
        RemoteTalker talking = talker(client)) {
      listening.tell("listen 10.77.0.10 7000");
      talking.tell("hold 5 10.77.0.10 7000");
      talking.tell("busy 1 10 20");
      talking.tell("churn 1000 10.77.0.10 7000 10 20");
      await().until(() -> talking.totals().opened() > 20);
      talking.tell("idle");

      RemoteTalker.Totals totals = talking.totals();
      assertThat(totals.received()).isEqualTo(2 * totals.sent()).isPositive();
      assertThat(talking.totals()).isEqualTo(totals);
    }
  }

  @Test
  void closingLeavesNothingBehind() {
    RemoteTalker left = talker(server);
    String name = server.name();
    namespaces.close();

    assertThat(Command.run("ip", "netns", "list")).doesNotContain(name);
    assertThat(ProcessHandle.of(left.pid()).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  private RemoteTalker talker(Namespace namespace) {
    return RemoteTalker.start(namespace, folder.resolve("talkers.log"));
  }
}
