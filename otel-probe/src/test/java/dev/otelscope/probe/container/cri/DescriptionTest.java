package dev.otelscope.probe.container.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.ContainerImage;
import dev.otelscope.probe.container.ContainerState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionTest {
  private static final String HEX = "5e4d".repeat(16);

  @Test
  void containerSandboxAndImageDescribeItTogether() throws IOException {
    ContainerStatus status =
        ContainerStatus.read(
            new MessageWriter()
                .message(
                    1,
                    new MessageWriter()
                        .text(1, "79c1")
                        .message(2, new MessageWriter().text(1, "cart"))
                        .message(8, new MessageWriter().text(1, "registry.example/shop/cart:1.4"))
                        .text(9, "sha256:aa")
                        .message(12, new MessageWriter().text(1, "tier").text(2, "front"))
                        .yes(3))
                .message(2, entry("info", "{\"sandboxID\": \"5a\", \"pid\": 4711}"))
                .bytes());
    PodSandbox sandbox =
        PodSandbox.read(
            new MessageWriter()
                .message(
                    1,
                    new MessageWriter()
                        .message(
                            2,
                            new MessageWriter().text(1, "cart-0").text(2, "uid-1").text(3, "shop"))
                        .message(
                            5,
                            new MessageWriter()
                                .text(1, "10.244.0.7")
                                .message(2, new MessageWriter().text(1, "fd00::7")))
                        .message(7, entry("app", "shop"))
                        .message(7, entry("tier", "any")))
                .message(2, entry("info", "{\"config\": {\"hostname\": \"cart-0\"}}"))
                .bytes());
    ImageStatus image =
        ImageStatus.read(
            new MessageWriter()
                .message(
                    1,
                    new MessageWriter()
                        .text(1, "sha256:aa")
                        .text(3, "registry.example/shop/cart@sha256:bb"))
                .bytes());

    ContainerFacts cart = Description.of("containerd", status, sandbox, image, status.pid());

    assertThat(cart.state()).isEqualTo(ContainerState.RUNNING);
    assertThat(cart.mainPid()).isEqualTo(4711);
    assertThat(cart.description().id()).isEqualTo("79c1");
    assertThat(cart.description().name()).isEqualTo("cart");
    assertThat(cart.description().runtime()).isEqualTo("containerd");
    assertThat(cart.description().hostname()).isEqualTo("cart-0");
    assertThat(cart.description().addresses()).containsExactly("10.244.0.7", "fd00::7");
    assertThat(cart.description().labels())
        .containsOnly(
            Map.entry("tier", "front"),
            Map.entry("app", "shop"),
            Map.entry("io.kubernetes.pod.name", "cart-0"),
            Map.entry("io.kubernetes.pod.uid", "uid-1"),
            Map.entry("io.kubernetes.pod.namespace", "shop"),
            Map.entry("io.kubernetes.container.name", "cart"),
            Map.entry("io.kubernetes.container.restartCount", "0"));
    assertThat(cart.description().image())
        .isEqualTo(
            new ContainerImage(
                "registry.example/shop/cart",
                List.of("1.4"),
                "sha256:aa",
                List.of("registry.example/shop/cart@sha256:bb")));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx:1.29, docker.io/library/nginx:latest, nginx, 1.29",
    "sha256:aa, docker.io/library/nginx:1.29, docker.io/library/nginx, 1.29",
    "5e4d, quay.example:5000/nginx:1.29, 5e4d, ''",
    "'', quay.example:5000/nginx:1.29, quay.example:5000/nginx, 1.29",
    "HEX, nginx:1.29, nginx, 1.29",
  })
  void anImageIsCalledAsItWasAskedForUnlessThatIsAnId(
      String asked, String tag, String name, String version) {
    ContainerImage image =
        imageOf(asked.replace("HEX", HEX), new ImageStatus(HEX, List.of(tag), List.of()));

    assertThat(image.name()).isEqualTo(name);
    assertThat(String.join(",", image.tags())).isEqualTo(version);
    assertThat(image.id()).isEqualTo("sha256:" + HEX);
  }

  @Test
  void whatIsNotKnownIsEmpty() throws IOException {
    ContainerStatus bare =
        ContainerStatus.read(
            new MessageWriter().message(1, new MessageWriter().text(1, "79c1")).bytes());

    ContainerFacts facts =
        Description.of(
            "cri-o", bare, PodSandbox.UNKNOWN, ImageStatus.read(new byte[0]), bare.pid());

    assertThat(facts.state()).isEqualTo(ContainerState.CREATED);
    assertThat(facts.mainPid()).isZero();
    assertThat(facts.description().name()).isEmpty();
    assertThat(facts.description().image()).isEqualTo(ContainerImage.UNKNOWN);
    assertThat(facts.description().addresses()).isEmpty();
  }

  private static ContainerImage imageOf(String asked, ImageStatus image) {
    ContainerStatus status =
        new ContainerStatus(
            "79c1", "web", 0, ContainerState.RUNNING, asked, "sha256:aa", Map.of(), 0);
    return Description.of("containerd", status, PodSandbox.UNKNOWN, image, 0).description().image();
  }

  private static MessageWriter entry(String key, String value) {
    return new MessageWriter().text(1, key).text(2, value);
  }
}
