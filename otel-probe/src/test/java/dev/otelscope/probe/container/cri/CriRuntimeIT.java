package dev.otelscope.probe.container.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.container.ContainerDescription;
import dev.otelscope.probe.container.ContainerRuntime;
import dev.otelscope.probe.container.ContainerRuntimeContract;
import dev.otelscope.probe.container.ContainerState;
import dev.otelscope.probe.container.RuntimeLanguage;
import dev.otelscope.probe.container.RuntimeSocket;
import dev.otelscope.probe.container.docker.DockerLanguage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Requires({Requires.Need.ROOT, Requires.Need.IPROUTE2, Requires.Need.CONTAINERD})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriRuntimeIT extends ContainerRuntimeContract {
  private static final List<RuntimeLanguage> LANGUAGES =
      List.of(new DockerLanguage(), new CriLanguage());

  private final List<TestContainerd.Pod> pods = new ArrayList<>();
  private TestContainerd containerd;
  private ContainerRuntime runtime;

  @BeforeAll
  void startContainerd() throws IOException {
    containerd = TestContainerd.start();
    runtime = RuntimeSocket.at(containerd.socket(), LANGUAGES);
  }

  @AfterAll
  void stopContainerd() throws IOException {
    runtime.close();
    containerd.close();
  }

  @AfterEach
  void removePods() throws IOException {
    for (TestContainerd.Pod pod : pods) {
      containerd.remove(pod);
    }
    pods.clear();
  }

  @Test
  void theContainersOfAPodShareItsAddressAndHostnameAndItsSandboxIsNone() throws IOException {
    TestContainerd.Pod shop = pod("shop-0");
    String cart = containerd.container(shop, "cart");
    String log = containerd.container(shop, "log");

    eventually(() -> {
      assertThat(runtime.containers().keySet()).contains(cart, log).doesNotContain(shop.id());
      ContainerDescription one = facts(cart).description();
      assertThat(one.runtime()).isEqualTo("containerd");
      assertThat(one.name()).isEqualTo("cart");
      assertThat(one.hostname()).isEqualTo("shop-0-host");
      assertThat(one.addresses()).singleElement().asString().startsWith("10.215.0.");
      assertThat(one.image().name()).isEqualTo("otelscope.local/busybox");
      assertThat(one.image().tags()).containsExactly("1");
      assertThat(one.labels())
          .containsEntry("app", "shop-0")
          .containsEntry("io.kubernetes.pod.name", "shop-0")
          .containsEntry("io.kubernetes.pod.uid", shop.uid())
          .containsEntry("io.kubernetes.pod.namespace", "shop")
          .containsEntry("io.kubernetes.container.name", "cart");
      ContainerDescription other = facts(log).description();
      assertThat(other.name()).isEqualTo("log");
      assertThat(other.addresses()).isEqualTo(one.addresses());
    });

    containerd.stop(cart);
    eventually(() -> {
      assertThat(facts(cart).state()).isEqualTo(ContainerState.EXITED);
      assertThat(facts(log).state()).isEqualTo(ContainerState.RUNNING);
    });
  }

  @Test
  void aRuntimeThatWasAwayIsAskedAgain() throws IOException {
    String before = start("before");
    eventually(() -> assertThat(facts(before).state()).isEqualTo(ContainerState.RUNNING));

    containerd.stopDaemon();
    eventually(() -> assertThat(runtime.containers()).isEmpty());

    containerd.startDaemonAgain();
    String later = start("later");
    eventually(() -> {
      assertThat(facts(before).state()).isEqualTo(ContainerState.RUNNING);
      assertThat(facts(later).description().name()).isEqualTo("later");
    });
  }

  @Test
  void theDoctorIsToldHowManyContainersThereAre() throws IOException {
    String _ = start("only");

    assertThat(RuntimeSocket.examine(containerd.socket(), LANGUAGES))
        .isEqualTo("containerd at " + containerd.socket() + " knows 1 container.");
  }

  @Test
  void whoeverDoesNotSpeakCriIsShownAsWhatTheyAre() {
    assertThat(RuntimeSocket.examine(containerd.socket(), List.of(new DockerLanguage())))
        .startsWith("Nobody names containers at " + containerd.socket() + ": ");
  }

  private TestContainerd.Pod pod(String name) throws IOException {
    TestContainerd.Pod pod = containerd.pod(name);
    pods.add(pod);
    return pod;
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected String start(String name) throws IOException {
    return containerd.container(pod("pod-of-" + name), name);
  }

  @Override
  protected void stop(String id) throws IOException {
    containerd.stop(id);
  }

  @Override
  protected void remove(String id) throws IOException {
    containerd.remove(id);
  }
}
