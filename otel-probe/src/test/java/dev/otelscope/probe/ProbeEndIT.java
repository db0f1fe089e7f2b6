package dev.otelscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.kernel.bpf.BpfInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a probe ends, it leaves nothing behind: no map, program or link in the kernel, no
/// network namespace that only it kept, no number of one.
@Requires({Need.ROOT, Need.IPROUTE2, Need.SETPRIV, Need.EBPF})
class ProbeEndIT {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int PROGRAMS = 5;

  @TempDir private Path folder;
  private TestNamespace namespace;
  private TestNamespace watched;
  private String numbersBefore;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeNamespaces() throws IOException {
    namespace = TestNamespace.create();
    watched = TestNamespace.create();
    namespace.configure(
        "link", "add", "near", "type", "veth", "peer", "far", "netns", watched.name());
    numbersBefore = namespace.show("netns", "list-id");
  }

  @AfterEach
  void removeNamespace() throws IOException {
    started.forEach(Process::destroyForcibly);
    namespace.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingOfTier1IsLeft(boolean killed) throws Exception {
    Process probe = start(1);
    BpfInventory inventory = BpfInventory.of(probe.pid());
    assertThat(inventory.links()).isEqualTo(PROGRAMS);
    assertThat(inventory.left()).hasSizeGreaterThan(PROGRAMS);

    end(probe, killed);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(inventory.left()).isEmpty());
    assertNoNamespaceIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingOfTier2IsLeft(boolean killed) throws Exception {
    end(start(2), killed);

    assertNoNamespaceIsLeft();
  }

  /// As a user starts it; returns once it watches.
  private Process start(int tier) throws IOException {
    Path log = folder.resolve("probe.log");
    Process probe =
        new ProcessBuilder(
                "nsenter",
                "--net=/run/netns/" + namespace.name(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ProbeMain.class.getName(),
                "--tier=" + tier,
                "--interval=0.1",
                "--namespaces=" + namespace.name() + "," + watched.name())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    started.add(probe);
    await()
        .atMost(PATIENCE)
        .failFast("the probe ended", () -> !probe.isAlive())
        .until(() -> Files.readString(log).contains("watching by tier " + tier));
    return probe;
  }

  private static void end(Process probe, boolean killed) throws InterruptedException {
    if (killed) {
      probe.destroyForcibly();
    } else {
      probe.destroy();
    }
    assertThat(probe.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /// The near end of the pair goes once nobody keeps the namespace of the far end.
  private void assertNoNamespaceIsLeft() throws IOException {
    assertThat(namespace.show("netns", "list-id")).isEqualTo(numbersBefore);
    watched.close();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(namespace.show("-oneline", "link", "show")).doesNotContain("near"));
  }
}
