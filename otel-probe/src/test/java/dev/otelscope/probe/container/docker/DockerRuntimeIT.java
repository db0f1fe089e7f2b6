package dev.otelscope.probe.container.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.Requires;
import dev.otelscope.probe.container.ContainerDescription;
import dev.otelscope.probe.container.ContainerRuntime;
import dev.otelscope.probe.container.PausingRuntimeContract;
import dev.otelscope.probe.container.RuntimeLanguage;
import dev.otelscope.probe.container.RuntimeSocket;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Requires({Requires.Need.ROOT, Requires.Need.IPROUTE2, Requires.Need.DOCKER})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerRuntimeIT extends PausingRuntimeContract {
  private static final List<RuntimeLanguage> LANGUAGES = List.of(new DockerLanguage());

  private TestDocker docker;
  private ContainerRuntime runtime;

  @BeforeAll
  void startDocker() throws IOException {
    docker = TestDocker.start();
    runtime = RuntimeSocket.at(docker.socket(), LANGUAGES);
  }

  @AfterAll
  void stopDocker() throws IOException {
    runtime.close();
    docker.close();
  }

  @AfterEach
  void removeContainers() throws IOException {
    for (String id : List.copyOf(runtime.containers().keySet())) {
      docker.run("rm", "-f", id);
    }
  }

  @Test
  void aContainerHasAnAddressInEachNetworkAndItsPublishedPorts() throws IOException {
    docker.run("network", "create", "back");
    String id =
        docker.container(
            "shop",
            List.of("--network", "back", "-p", "127.0.0.1:8080:80", "--hostname", "shop-1"),
            "sleep",
            "600");
    docker.run("network", "connect", "bridge", id);

    eventually(() -> {
      ContainerDescription shop = facts(id).description();
      assertThat(shop.networks()).containsExactly("back", "bridge");
      assertThat(shop.addresses()).hasSize(2).anyMatch(address -> address.startsWith("10.213.0."));
      assertThat(shop.ports()).containsExactly("127.0.0.1:8080->80/tcp");
      assertThat(shop.hostname()).isEqualTo("shop-1");
      assertThat(shop.runtime()).isEqualTo("docker");
      assertThat(shop.image().name()).isEqualTo("otelscope/borrowed");
      assertThat(shop.image().tags()).containsExactly("1");
    });
  }

  @Test
  void theNetworksOfTheHostAloneAreThoseThatThereAre() throws IOException {
    Cidr standard = Cidr.parse("10.213.0.0/24");
    Cidr made = Cidr.parse("10.215.7.0/24");
    docker.run("network", "create", "--subnet", "10.215.7.0/24", "made");
    eventually(() -> assertThat(runtime.localNetworks()).contains(standard, made));

    docker.run("network", "rm", "made");
    eventually(() -> assertThat(runtime.localNetworks()).contains(standard).doesNotContain(made));
  }

  @Test
  void theDoctorIsToldHowManyContainersThereAre() throws IOException {
    String _ = start("only");

    assertThat(RuntimeSocket.examine(docker.socket(), LANGUAGES))
        .isEqualTo("docker at " + docker.socket() + " knows 1 container.");
  }

  @Test
  void anEngineThatWasAwayIsAskedAgain() throws IOException {
    docker.stopDaemon();
    eventually(() -> assertThat(runtime.containers()).isEmpty());

    docker.startDaemonAgain();
    String id = start("later");
    eventually(() -> assertThat(facts(id).description().name()).isEqualTo("later"));
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected String start(String name) throws IOException {
    return docker.container(
        name, List.of("--network", "none", "--label", "tier=front"), "sleep", "600");
  }

  @Override
  protected void pause(String id) throws IOException {
    docker.run("pause", id);
  }

  @Override
  protected void unpause(String id) throws IOException {
    docker.run("unpause", id);
  }

  @Override
  protected void rename(String id, String name) throws IOException {
    docker.run("rename", id, name);
  }

  @Override
  protected void stop(String id) throws IOException {
    docker.run("kill", id);
  }

  @Override
  protected void remove(String id) throws IOException {
    docker.run("rm", "-f", id);
  }
}
