package dev.otelscope.probe.container.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.ContainerImage;
import dev.otelscope.probe.container.ContainerState;
import dev.otelscope.probe.container.socket.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {
  private static final String WEB =
      """
      {
        "Id": "79c1",
        "Name": "/web",
        "Image": "sha256:aa",
        "State": {"Status": "running", "Running": true, "Pid": 4711},
        "Config": {
          "Hostname": "web-1",
          "Image": "registry.example:5000/shop/web:1.4",
          "Labels": {"com.docker.compose.project": "shop", "tier": "front"}
        },
        "NetworkSettings": {
          "Networks": {
            "front": {"IPAddress": "10.9.0.2", "GlobalIPv6Address": "fd00::2"},
            "back": {"IPAddress": "10.9.1.2", "GlobalIPv6Address": ""}
          },
          "Ports": {
            "80/tcp": [
              {"HostIp": "0.0.0.0", "HostPort": "8080"},
              {"HostIp": "::", "HostPort": "8080"}
            ],
            "9000/tcp": null
          }
        }
      }
      """;

  @Test
  void readsWhatDescribesAContainer() throws IOException {
    ContainerFacts web = read(WEB, List.of("shop/web@sha256:bb"));

    assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
    assertThat(web.mainPid()).isEqualTo(4711);
    assertThat(web.description().id()).isEqualTo("79c1");
    assertThat(web.description().name()).isEqualTo("web");
    assertThat(web.description().hostname()).isEqualTo("web-1");
    assertThat(web.description().image())
        .isEqualTo(
            new ContainerImage(
                "registry.example:5000/shop/web",
                List.of("1.4"),
                "sha256:aa",
                List.of("shop/web@sha256:bb")));
    assertThat(web.description().labels())
        .containsEntry("com.docker.compose.project", "shop")
        .containsEntry("tier", "front");
    assertThat(web.description().networks()).containsExactly("back", "front");
    assertThat(web.description().addresses()).containsExactly("10.9.0.2", "10.9.1.2", "fd00::2");
    assertThat(web.description().ports())
        .containsExactly("0.0.0.0:8080->80/tcp", "[::]:8080->80/tcp");
  }

  @Test
  void whatTheEngineDoesNotSayIsEmpty() throws IOException {
    ContainerFacts bare = read("{\"Id\": \"79c1\", \"Config\": null}", List.of());

    assertThat(bare.state()).isEqualTo(ContainerState.EXITED);
    assertThat(bare.mainPid()).isZero();
    assertThat(bare.description().name()).isEmpty();
    assertThat(bare.description().image()).isEqualTo(ContainerImage.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, nginx, ''",
    "nginx:1.29, nginx, 1.29",
    "localhost:5000/nginx, localhost:5000/nginx, ''",
    "localhost:5000/nginx:1.29, localhost:5000/nginx, 1.29",
    "nginx@sha256:cc, nginx, ''",
    "nginx:1.29@sha256:cc, nginx, 1.29",
    "sha256:cc, '', ''",
  })
  void aReferenceIsTakenApart(String reference, String name, String tag) {
    ContainerImage image = ContainerImage.of(reference, "sha256:aa");

    assertThat(image.name()).isEqualTo(name);
    assertThat(String.join(",", image.tags())).isEqualTo(tag);
  }

  @Test
  void eventsAreReadOneByOneAsTheyCome() throws IOException {
    String events = "{\"Action\": \"start\", \"n\": [1, {\"a\": {}}]}\n{\"Action\": \"die\"}\n";
    try (JsonParser parser = JsonObject.parser(new ByteArrayInputStream(events.getBytes(UTF_8)))) {
      assertThat(JsonObject.next(parser)).map(event -> event.text("Action")).hasValue("start");
      assertThat(JsonObject.next(parser)).map(event -> event.text("Action")).hasValue("die");
      assertThat(JsonObject.next(parser)).isEmpty();
    }
  }

  @Test
  void whatIsNotJsonIsAnError() {
    assertThatThrownBy(() -> JsonObject.parse("{\"a\": ".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> JsonObject.parse("[".repeat(100).getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }

  private static ContainerFacts read(String json, List<String> digests) throws IOException {
    return Inspection.read(JsonObject.parse(json.getBytes(UTF_8)).getFirst(), "docker", digests);
  }
}
