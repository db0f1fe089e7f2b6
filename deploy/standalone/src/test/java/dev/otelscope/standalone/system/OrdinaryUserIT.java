package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.kit.FreePorts;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.ScopeProcess;
import dev.otelscope.standalone.kit.ScopeProcess.Up;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Command;
import dev.otelscope.standalone.testbed.RemoteTalker;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Everything without any privilege: what belongs to the same user is on the map, and what cannot
/// be seen is said.
@Requires(value = Tool.SETPRIV, root = true)
class OrdinaryUserIT {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final List<String> AS_NOBODY =
      List.of(
          "setpriv",
          "--reuid=nobody",
          "--regid=nogroup",
          "--clear-groups",
          "--bounding-set=-all",
          "--no-new-privs");

  private Path folder;

  /// Test folders are their owner's alone; this one is the ordinary user's.
  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("otelscope-nobody");
    Command.run("chown", "nobody:", folder.toString());
  }

  @AfterEach
  void removeFolder() {
    Command.run("rm", "-rf", folder.toString());
  }

  @Test
  void ownConnectionsOverLoopbackAreSeen() {
    try (RemoteTalker server = RemoteTalker.start(AS_NOBODY, folder.resolve("server.log"));
        RemoteTalker client = RemoteTalker.start(AS_NOBODY, folder.resolve("client.log"));
        Up up = ScopeProcess.upAs(AS_NOBODY, folder)) {
      int port = FreePorts.any();
      server.tell("listen 127.0.0.1 " + port);
      client.tell("hold 3 127.0.0.1 " + port);
      Api api = up.api();

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(active(api, client, server)).contains(3));
      assertThat(api.view("processes", "system=show").json().required("coverage").valueStream())
          .as("what could not be seen")
          .isNotEmpty();
    }
  }

  @Test
  void theDoctorSaysWhichRightsAreMissing() {
    List<String> withoutPtrace = List.of("setpriv", "--bounding-set=-sys_ptrace");
    try (RemoteTalker others = RemoteTalker.start(List.of(), folder.resolve("others.log"))) {
      int port = FreePorts.any();
      others.tell("listen 127.0.0.1 " + port);
      others.tell("hold 1 127.0.0.1 " + port);
      try (Started doctor =
          ScopeProcess.startAs(withoutPtrace, folder, Map.of(), "doctor", "--tier=2")) {
        assertThat(doctor.await(PATIENCE)).isEqualTo(1);
        assertThat(doctor.said())
            .contains("The probe works here by tier 2", "give it CAP_SYS_PTRACE");
      }
    }
  }

  private static Optional<Integer> active(Api api, RemoteTalker client, RemoteTalker server) {
    return api.view("processes", "system=show")
        .edge(client.pid(), server.pid())
        .map(edge -> edge.at("/connections/active"))
        .map(JsonNode::asInt);
  }
}
