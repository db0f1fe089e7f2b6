package dev.otelscope.probe.emission;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.container.ContainerCgroup;
import dev.otelscope.probe.container.ContainerDescription;
import dev.otelscope.probe.host.HostFacts;
import dev.otelscope.probe.host.HostIdentity;
import dev.otelscope.probe.process.LabelValues;
import dev.otelscope.probe.process.ProcessFacts;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import dev.otelscope.probe.tracking.LocalEntity;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Entities of this host as OTLP resources, and their text ids.
final class EntityResources {
  private static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.44.0";

  /// What the kubelet, and before it dockershim, tells every runtime by labels.
  private static final Map<String, String> KUBERNETES_LABELS =
      Map.of(
          "io.kubernetes.pod.uid", AttributeNames.K8S_POD_UID,
          "io.kubernetes.pod.name", AttributeNames.K8S_POD_NAME,
          "io.kubernetes.pod.namespace", AttributeNames.K8S_NAMESPACE_NAME,
          "io.kubernetes.container.name", AttributeNames.K8S_CONTAINER_NAME);

  private static final String RESTARTS_LABEL = "io.kubernetes.container.restartCount";

  private final HostIdentity host;
  private final Attributes shared;
  private final LabelValues labels;

  /// @param shared said by every resource that does not say something else
  EntityResources(HostIdentity host, Map<String, String> shared, LabelValues labels) {
    this.host = host;
    this.labels = labels;
    AttributesBuilder attributes = Attributes.builder();
    shared.forEach(attributes::put);
    this.shared = attributes.build();
  }

  /// The id of the host that the probe watches.
  EntityId hostId() {
    return EntityId.of(EntityType.HOST, host.id());
  }

  EntityId idOf(LocalEntity entity) {
    return switch (entity) {
      case LocalEntity.OfProcess(ProcessIdentity process) ->
          EntityId.of(
              EntityType.PROCESS, host.id(), Integer.toString(process.pid()), startOf(process));
      case LocalEntity.Unattributed(String namespace) ->
          EntityId.of(EntityType.UNATTRIBUTED, host.id(), namespace);
    };
  }

  Resource ofHost(HostFacts facts) {
    AttributesBuilder attributes = common(hostId());
    putIfKnown(attributes, AttributeNames.HOST_ID, host.machineId());
    putIfKnown(attributes, AttributeNames.HOST_BOOT_ID, host.bootId());
    putIfKnown(attributes, AttributeNames.HOST_NAME, host.name());
    attributes.put(AttributeNames.OS_TYPE, facts.osType());
    putIfKnown(attributes, AttributeNames.OS_VERSION, facts.osVersion());
    putIfKnown(attributes, AttributeNames.OS_DESCRIPTION, facts.osDescription());
    putIfKnown(attributes, AttributeNames.HOST_ARCH, facts.architecture());
    putList(attributes, AttributeNames.HOST_IP, facts.addresses());
    putList(attributes, AttributeNames.HOST_NETWORKS, facts.networks());
    putList(attributes, AttributeNames.HOST_LOCAL_NETWORKS, facts.localNetworks());
    facts.nodeName().ifPresent(node -> attributes.put(AttributeNames.K8S_NODE_NAME, node));
    return resource(attributes);
  }

  /// @param facts empty when the process was gone before it could be asked
  /// @param trace what is left of it then
  /// @param namespace where its sockets are, for a process that does not say itself; may be empty
  Resource ofProcess(
      ProcessIdentity process,
      Optional<ProcessFacts> facts,
      Optional<ProcessTrace> trace,
      String namespace) {
    AttributesBuilder attributes = common(idOf(new LocalEntity.OfProcess(process)));
    attributes.put(AttributeNames.PROCESS_PID, process.pid());
    attributes.put(AttributeNames.PROCESS_START, startOf(process));
    String own = facts.map(ProcessFacts::networkNamespace).orElse("");
    putIfKnown(attributes, AttributeNames.NETWORK_NAMESPACE, own.isEmpty() ? namespace : own);
    facts.ifPresentOrElse(
        known -> putFacts(attributes, known),
        () -> trace.ifPresent(left -> putTrace(attributes, left)));
    return resource(attributes);
  }

  private static void putTrace(AttributesBuilder attributes, ProcessTrace trace) {
    putIfKnown(attributes, AttributeNames.PROCESS_EXECUTABLE_NAME, trace.name());
    trace.container().ifPresent(container -> putIdentity(attributes, container));
  }

  private static void putFacts(AttributesBuilder attributes, ProcessFacts facts) {
    attributes.put(AttributeNames.PROCESS_CREATION_TIME, facts.created().toString());
    attributes.put(AttributeNames.PROCESS_VPID, facts.namespacePid());
    attributes.put(AttributeNames.PROCESS_PARENT_PID, facts.parentPid());
    putIfKnown(attributes, AttributeNames.PROCESS_EXECUTABLE_NAME, facts.name());
    putIfKnown(attributes, AttributeNames.PROCESS_EXECUTABLE_PATH, facts.executablePath());
    putIfKnown(
        attributes, AttributeNames.PROCESS_COMMAND_LINE, String.join(" ", facts.commandLine()));
    putIfKnown(attributes, AttributeNames.PROCESS_OWNER, facts.owner());
    putIfKnown(attributes, AttributeNames.PROCESS_CGROUP, facts.cgroup());
    facts.container().ifPresent(container -> putIdentity(attributes, container));
  }

  private static void putIdentity(AttributesBuilder attributes, ContainerCgroup container) {
    attributes.put(AttributeNames.CONTAINER_ID, container.id());
    container.podUid().ifPresent(uid -> attributes.put(AttributeNames.K8S_POD_UID, uid));
  }

  /// @param description empty when no runtime knows it
  /// @param cgroup empty when none of its processes could be seen
  Resource ofContainer(
      String id, Optional<ContainerDescription> description, Optional<ContainerCgroup> cgroup) {
    AttributesBuilder attributes = common(EntityId.of(EntityType.CONTAINER, id));
    attributes.put(AttributeNames.CONTAINER_ID, id);
    putIfKnown(
        attributes,
        AttributeNames.CONTAINER_RUNTIME,
        description
            .map(ContainerDescription::runtime)
            .or(() -> cgroup.map(ContainerCgroup::runtime))
            .orElse(""));
    cgroup
        .flatMap(ContainerCgroup::podUid)
        .ifPresent(uid -> attributes.put(AttributeNames.K8S_POD_UID, uid));
    description.ifPresent(known -> putDescription(attributes, known));
    return resource(attributes);
  }

  private void putDescription(AttributesBuilder attributes, ContainerDescription known) {
    putIfKnown(attributes, AttributeNames.CONTAINER_NAME, known.name());
    putIfKnown(attributes, AttributeNames.CONTAINER_HOSTNAME, known.hostname());
    putIfKnown(attributes, AttributeNames.CONTAINER_IMAGE_NAME, known.image().name());
    putIfKnown(attributes, AttributeNames.CONTAINER_IMAGE_ID, known.image().id());
    putList(attributes, AttributeNames.CONTAINER_IMAGE_TAGS, known.image().tags());
    putList(attributes, AttributeNames.CONTAINER_IMAGE_DIGESTS, known.image().digests());
    putList(attributes, AttributeNames.CONTAINER_NETWORKS, known.networks());
    putList(attributes, AttributeNames.CONTAINER_ADDRESSES, known.addresses());
    putList(attributes, AttributeNames.CONTAINER_PORTS, known.ports());
    known
        .labels()
        .forEach((key, value) ->
            attributes.put(AttributeNames.CONTAINER_LABEL_PREFIX + key, labels.shown(key, value)));
    KUBERNETES_LABELS.forEach(
        (label, name) -> putIfKnown(attributes, name, known.labels().getOrDefault(label, "")));
    String restarts = known.labels().getOrDefault(RESTARTS_LABEL, "");
    if (restarts.matches("\\d{1,9}")) {
      attributes.put(AttributeNames.K8S_CONTAINER_RESTARTS, Integer.parseInt(restarts));
    }
  }

  Resource ofUnattributed(String namespace) {
    AttributesBuilder attributes = common(idOf(new LocalEntity.Unattributed(namespace)));
    attributes.put(AttributeNames.NETWORK_NAMESPACE, namespace);
    return resource(attributes);
  }

  private AttributesBuilder common(EntityId id) {
    return Attributes.builder()
        .put(AttributeNames.SERVICE_NAME, MetricNames.PROBE_SERVICE)
        .put(AttributeNames.SERVICE_INSTANCE_ID, id.toString())
        .put(AttributeNames.ENTITY_TYPE, id.type())
        .put(AttributeNames.SCOPE_HOST_ID, host.id());
  }

  private String startOf(ProcessIdentity process) {
    return host.bootId() + "-" + process.startTicks();
  }

  private Resource resource(AttributesBuilder own) {
    return Resource.create(shared.toBuilder().putAll(own.build()).build(), SCHEMA_URL);
  }

  private static void putIfKnown(AttributesBuilder attributes, String name, String value) {
    if (!value.isEmpty()) {
      attributes.put(name, value);
    }
  }

  private static void putList(AttributesBuilder attributes, String name, List<String> values) {
    if (!values.isEmpty()) {
      attributes.put(AttributeKey.stringArrayKey(name), values);
    }
  }
}
