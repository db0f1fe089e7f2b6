package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceAttributesTest {

  @Test
  void nothingIsSaidWithoutTheVariable() {
    assertThat(ResourceAttributes.fromEnvironment(Map.of())).isEqualTo(ResourceAttributes.NONE);
  }

  @Test
  void whatIsTrueOfEverythingIsSaidOfEverything() {
    assertThat(
            read(
                "deployment.environment.name=prod, k8s.cluster.name=shop%2C%20east,cloud.region=x"))
        .isEqualTo(
            new ResourceAttributes(
                Map.of(
                    "deployment.environment.name", "prod",
                    "k8s.cluster.name", "shop, east",
                    "cloud.region", "x"),
                List.of()));
  }

  @Test
  void whatIsTrueOfTheProbeAloneIsNotSaidOfWhatItSees() {
    ResourceAttributes attributes =
        ResourceAttributes.fromEnvironment(
            Map.of(
                "OTEL_RESOURCE_ATTRIBUTES",
                "k8s.pod.uid=6f2c,k8s.namespace.name=monitoring,container.id=c1,team=web",
                "OTEL_SERVICE_NAME",
                "my-probe"));

    assertThat(attributes.shared()).isEqualTo(Map.of("team", "web"));
    assertThat(attributes.ignored())
        .containsExactly("container.id", "k8s.namespace.name", "k8s.pod.uid", "service.name");
  }

  @Test
  void whatCannotBeUnderstoodIsNamed() {
    assertThatThrownBy(() -> read("prod"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OTEL_RESOURCE_ATTRIBUTES must be like name=value,name=value, but has 'prod'");
    assertThatThrownBy(() -> read("share=100%")).hasMessageContaining("percent-encoded");
  }

  private static ResourceAttributes read(String value) {
    return ResourceAttributes.fromEnvironment(Map.of("OTEL_RESOURCE_ATTRIBUTES", value));
  }
}
