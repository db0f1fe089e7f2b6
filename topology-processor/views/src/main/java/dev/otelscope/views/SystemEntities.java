package dev.otelscope.views;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityType;
import java.util.Set;
import java.util.regex.Pattern;

/// Which processes and containers observe or run the machine rather than do its work. They are
/// hidden unless asked for. The list is written down in `docs/api.md`.
final class SystemEntities {
  private static final Set<String> NAMES =
      Set.of(
          "alloy",
          "beyla",
          "cadvisor",
          "containerd",
          "datadog-agent",
          "dockerd",
          "fluent-bit",
          "fluentd",
          "grafana-agent",
          "kube-proxy",
          "kubelet",
          "node_exporter",
          "obi",
          "prometheus-node-exporter",
          "promtail",
          "telegraf",
          "vector");

  private static final Pattern NAME_PATTERN = Pattern.compile("(otelcol|otelscope)([._-].*)?");

  /// Images that are not called as the program that is in them.
  private static final Pattern IMAGE_PATTERN =
      Pattern.compile("(.*/)?(opentelemetry-collector[a-z0-9-]*|node-exporter|datadog/agent)");

  private static final String CLUSTER_NAMESPACE = "kube-system";

  /// A Java program of ours goes by its main class.
  private static final String OWN_MAIN =
      "dev\\.otelscope\\.(standalone\\.Scope|[a-z]+\\.[A-Z][a-z]+Main)";

  private static final Pattern OWN_NAME = Pattern.compile(OWN_MAIN);

  /// Other producers name every Java program `java`.
  private static final Pattern OWN_COMMAND =
      Pattern.compile("(^|\\s)(" + OWN_MAIN + "|\\S*otelscope-[a-z0-9.-]+\\.jar)(\\s|$)");

  private SystemEntities() {}

  static boolean include(Entity entity) {
    return switch (entity.id().type()) {
      case EntityType.PROCESS -> isSystemProcess(entity) || isOfCluster(entity);
      case EntityType.CONTAINER -> isSystemContainer(entity) || isOfCluster(entity);
      default -> false;
    };
  }

  private static boolean isOfCluster(Entity entity) {
    return entity.text(AttributeNames.K8S_NAMESPACE_NAME).equals(CLUSTER_NAMESPACE);
  }

  private static boolean isSystemProcess(Entity process) {
    String name = process.text(AttributeNames.PROCESS_EXECUTABLE_NAME);
    return isSystemName(name)
        || OWN_NAME.matcher(name).matches()
        || (name.equals("java")
            && OWN_COMMAND.matcher(process.text(AttributeNames.PROCESS_COMMAND_LINE)).find());
  }

  private static boolean isSystemContainer(Entity container) {
    ImageName image = ImageName.of(container.text(AttributeNames.CONTAINER_IMAGE_NAME));
    return image.isPause()
        || isSystemName(image.last())
        || IMAGE_PATTERN.matcher(image.repository()).matches();
  }

  private static boolean isSystemName(String name) {
    return NAMES.contains(name) || NAME_PATTERN.matcher(name).matches();
  }
}
