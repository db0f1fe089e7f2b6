package dev.otelscope.query.details;

import dev.otelscope.model.AttributeNames;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What people say instead of the names of attributes, below which heading they look for them, and
/// in which order.
final class AttributeLabels {

  /// A heading.
  record Group(String id, String label) {}

  private record Label(String name, String group, String text) {}

  private static final String OTHER = "other";
  private static final String OURS = "otelscope.";
  private static final String LABELS_OF_CONTAINER = "labels";

  /// In the order in which they are shown.
  static final List<Group> GROUPS =
      List.of(
          new Group("process", "Process"),
          new Group("container", "Container"),
          new Group("k8s", "Kubernetes"),
          new Group(LABELS_OF_CONTAINER, "Labels"),
          new Group("host", "Host"),
          new Group("address", "Address"),
          new Group("os", "Operating system"),
          new Group("service", "Service"),
          new Group("otelscope", "OTel Scope"),
          new Group(OTHER, "Other"));

  /// In the order in which they are shown; what is not here comes after them, by its name.
  private static final List<Label> LABELS =
      List.of(
          new Label(AttributeNames.PROCESS_EXECUTABLE_NAME, "process", "Program"),
          new Label(AttributeNames.PROCESS_COMMAND_LINE, "process", "Command line"),
          new Label(AttributeNames.PROCESS_EXECUTABLE_PATH, "process", "Executable file"),
          new Label(AttributeNames.PROCESS_PID, "process", "PID"),
          new Label(AttributeNames.PROCESS_VPID, "process", "PID in namespace"),
          new Label(AttributeNames.PROCESS_PARENT_PID, "process", "Parent PID"),
          new Label(AttributeNames.PROCESS_OWNER, "process", "Owner"),
          new Label(AttributeNames.PROCESS_CREATION_TIME, "process", "Started"),
          new Label(AttributeNames.PROCESS_START, "process", "Boot ID and tick"),
          new Label(AttributeNames.PROCESS_CGROUP, "process", "Control group"),
          new Label(AttributeNames.NETWORK_NAMESPACE, "process", "Network namespace"),
          new Label(AttributeNames.DNS_QUESTION_NAME, "address", "Name"),
          new Label(AttributeNames.DNS_NAMES, "address", "All names"),
          new Label(AttributeNames.CONTAINER_NAME, "container", "Name"),
          new Label(AttributeNames.CONTAINER_IMAGE_NAME, "container", "Image"),
          new Label(AttributeNames.STATE, "container", "State"),
          new Label(AttributeNames.CONTAINER_PORTS, "container", "Published ports"),
          new Label(AttributeNames.CONTAINER_ADDRESSES, "container", "Addresses"),
          new Label(AttributeNames.CONTAINER_NETWORKS, "container", "Networks"),
          new Label(AttributeNames.CONTAINER_HOSTNAME, "container", "Hostname"),
          new Label(AttributeNames.CONTAINER_RUNTIME, "container", "Runtime"),
          new Label(AttributeNames.CONTAINER_ID, "container", "ID"),
          new Label(AttributeNames.CONTAINER_IMAGE_TAGS, "container", "Image tags"),
          new Label(AttributeNames.CONTAINER_IMAGE_ID, "container", "Image ID"),
          new Label(AttributeNames.CONTAINER_IMAGE_DIGESTS, "container", "Image digests"),
          new Label(AttributeNames.K8S_POD_NAME, "k8s", "Pod"),
          new Label(AttributeNames.K8S_NAMESPACE_NAME, "k8s", "Namespace"),
          new Label(AttributeNames.K8S_CONTAINER_NAME, "k8s", "Container"),
          new Label(AttributeNames.K8S_CONTAINER_RESTARTS, "k8s", "Restarts"),
          new Label(AttributeNames.K8S_POD_UID, "k8s", "Pod UID"),
          new Label(AttributeNames.K8S_NODE_NAME, "k8s", "Node"),
          new Label(AttributeNames.HOST_NAME, "host", "Name"),
          new Label(AttributeNames.HOST_IP, "host", "Addresses"),
          new Label(AttributeNames.HOST_NETWORKS, "host", "Networks"),
          new Label(AttributeNames.HOST_LOCAL_NETWORKS, "host", "Local networks"),
          new Label(AttributeNames.HOST_ARCH, "host", "Architecture"),
          new Label(AttributeNames.HOST_ID, "host", "Machine ID"),
          new Label(AttributeNames.SCOPE_HOST_ID, "host", "Identity"),
          new Label(AttributeNames.HOST_BOOT_ID, "host", "Boot ID"),
          new Label(AttributeNames.OS_DESCRIPTION, "os", "Description"),
          new Label(AttributeNames.OS_TYPE, "os", "Type"),
          new Label(AttributeNames.OS_VERSION, "os", "Version"),
          new Label(AttributeNames.SERVICE_NAME, "service", "Name"),
          new Label(AttributeNames.SERVICE_INSTANCE_ID, "service", "Instance"),
          new Label(AttributeNames.ENTITY_TYPE, "otelscope", "Entity type"));

  private static final Map<String, Integer> RANKS = ranks();

  /// Known ones in their order, then the others by name.
  static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(name -> RANKS.getOrDefault(name, LABELS.size()))
          .thenComparing(Comparator.naturalOrder());

  private AttributeLabels() {}

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>();
    for (int i = 0; i < LABELS.size(); i++) {
      ranks.put(LABELS.get(i).name, i);
    }
    return Map.copyOf(ranks);
  }

  /// The attribute's own name when it has no other; of a container's label its key.
  static String text(String name) {
    if (isLabel(name)) {
      return name.substring(AttributeNames.CONTAINER_LABEL_PREFIX.length());
    }
    Integer rank = RANKS.get(name);
    return rank == null ? name : LABELS.get(rank).text;
  }

  private static boolean isLabel(String name) {
    return name.startsWith(AttributeNames.CONTAINER_LABEL_PREFIX);
  }

  /// The id of its group: for what is not known, the first word of its name after our own.
  static String group(String name) {
    if (isLabel(name)) {
      return LABELS_OF_CONTAINER;
    }
    Integer rank = RANKS.get(name);
    if (rank != null) {
      return LABELS.get(rank).group;
    }
    String theirs = name.startsWith(OURS) ? name.substring(OURS.length()) : name;
    String first = theirs.split("\\.", 2)[0];
    return GROUPS.stream().anyMatch(group -> group.id.equals(first)) ? first : OTHER;
  }
}
