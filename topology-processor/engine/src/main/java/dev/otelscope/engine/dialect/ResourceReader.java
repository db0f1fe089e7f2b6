package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.MetricNames;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.AttributesView.ValueType;
import dev.otelscope.otlp.TextView;
import dev.otelscope.otlp.Utf8;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads which entity a resource stands for. What collectors add or overwrite (`host.id`) is never
/// used for identity; where they left `service.instance.id` only, the text id in it is.
///
/// Resources repeat from request to request, so descriptions are found again by a fingerprint of
/// all bytes: nothing is allocated for one that was met recently. One thread at a time.
final class ResourceReader {
  private static final int SLOTS = 1 << 13;

  private static final Utf8 TYPE = Utf8.of(AttributeNames.ENTITY_TYPE);
  private static final Utf8 HOST = Utf8.of(AttributeNames.SCOPE_HOST_ID);
  private static final Utf8 PID = Utf8.of(AttributeNames.PROCESS_PID);
  private static final Utf8 START = Utf8.of(AttributeNames.PROCESS_START);
  private static final Utf8 NAMESPACE = Utf8.of(AttributeNames.NETWORK_NAMESPACE);
  private static final Utf8 CONTAINER = Utf8.of(AttributeNames.CONTAINER_ID);
  private static final Utf8 SERVICE = Utf8.of(AttributeNames.SERVICE_NAME);
  private static final Utf8 INSTANCE = Utf8.of(AttributeNames.SERVICE_INSTANCE_ID);
  private static final Utf8 PROBE = Utf8.of(MetricNames.PROBE_SERVICE);

  private final long[] fingerprints = new long[SLOTS];
  private final @Nullable Description[] descriptions = new @Nullable Description[SLOTS];

  /// The entity, null when the resource does not name one completely.
  @Nullable Description read(AttributesView resource) {
    long fingerprint = fingerprint(resource);
    int slot = (int) (fingerprint >>> 32) & (SLOTS - 1);
    Description known = descriptions[slot];
    if (known != null && fingerprints[slot] == fingerprint) {
      return known;
    }
    Description description = describe(resource);
    fingerprints[slot] = fingerprint;
    descriptions[slot] = description;
    return description;
  }

  private static @Nullable Description describe(AttributesView resource) {
    Optional<EntityId> id = byAttributes(resource).or(() -> byInstance(resource));
    if (id.isEmpty()) {
      return null;
    }
    String host = resource.string(HOST);
    String namespace = resource.string(NAMESPACE);
    EntityId entity = id.get();
    if (host.isEmpty() && !entity.isOf(EntityType.CONTAINER)) {
      host = entity.value(0);
    }
    if (namespace.isEmpty() && entity.isOf(EntityType.UNATTRIBUTED)) {
      namespace = entity.value(1);
    }
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (int i = 0; i < resource.size(); i++) {
      TextView key = resource.key(i);
      if (!key.is(SERVICE) && !key.is(INSTANCE) && !key.is(TYPE)) {
        attributes.put(resource.key(i).string(), resource.value(i));
      }
    }
    return new Description(entity, host, namespace, attributes);
  }

  private static Optional<EntityId> byAttributes(AttributesView resource) {
    return switch (resource.string(TYPE)) {
      case EntityType.HOST -> id(EntityType.HOST, resource, HOST);
      case EntityType.PROCESS -> id(EntityType.PROCESS, resource, HOST, PID, START);
      case EntityType.CONTAINER -> id(EntityType.CONTAINER, resource, CONTAINER);
      case EntityType.UNATTRIBUTED -> id(EntityType.UNATTRIBUTED, resource, HOST, NAMESPACE);
      default -> Optional.empty();
    };
  }

  private static Optional<EntityId> byInstance(AttributesView resource) {
    int service = resource.find(SERVICE);
    if (service < 0
        || resource.type(service) != ValueType.TEXT
        || !resource.text(service).is(PROBE)) {
      return Optional.empty();
    }
    try {
      EntityId id = EntityId.parse(resource.string(INSTANCE));
      int values = id.values().size();
      return switch (id.type()) {
        case EntityType.HOST, EntityType.CONTAINER -> Optional.of(id).filter(e -> values == 1);
        case EntityType.UNATTRIBUTED -> Optional.of(id).filter(e -> values == 2);
        case EntityType.PROCESS -> Optional.of(id).filter(e -> values == 3);
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<EntityId> id(String type, AttributesView resource, Utf8... keys) {
    String[] values = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      values[i] = resource.string(keys[i]);
      if (values[i].isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(EntityId.of(type, values));
  }

  private static long fingerprint(AttributesView resource) {
    long hash = resource.size();
    for (int i = 0; i < resource.size(); i++) {
      hash = Hash.of(hash, resource.key(i));
      if (resource.type(i) == ValueType.TEXT) {
        TextView text = resource.text(i);
        hash = Hash.of(hash, text);
      } else {
        hash = Hash.of(hash, resource.value(i).hashCode());
      }
    }
    return hash;
  }
}
