package dev.otelscope.views;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityType;
import java.util.Set;
import java.util.regex.Pattern;

/// Which processes observe or run the machine rather than do its work. They are hidden unless asked
/// for. The list is written down in `docs/api.md`.
final class SystemProcesses {
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

  /// A Java program of ours goes by its main class.
  private static final String OWN_MAIN =
      "dev\\.otelscope\\.(standalone\\.Scope|[a-z]+\\.[A-Z][a-z]+Main)";

  private static final Pattern OWN_NAME = Pattern.compile(OWN_MAIN);

  /// Other producers name every Java program `java`.
  private static final Pattern OWN_COMMAND =
      Pattern.compile("(^|\\s)(" + OWN_MAIN + "|\\S*otelscope-[a-z0-9.-]+\\.jar)(\\s|$)");

  private SystemProcesses() {}

  static boolean include(Entity entity) {
    if (!entity.id().isOf(EntityType.PROCESS)) {
      return false;
    }
    String name = entity.text(AttributeNames.PROCESS_EXECUTABLE_NAME);
    return NAMES.contains(name)
        || NAME_PATTERN.matcher(name).matches()
        || OWN_NAME.matcher(name).matches()
        || (name.equals("java")
            && OWN_COMMAND.matcher(entity.text(AttributeNames.PROCESS_COMMAND_LINE)).find());
  }
}
