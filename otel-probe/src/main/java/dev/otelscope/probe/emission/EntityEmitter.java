package dev.otelscope.probe.emission;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.EventNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says which hosts, containers and processes there are as OpenTelemetry's entity events, for those
/// who keep entities and know nothing of the probe's metrics: each when it is new or has changed,
/// again at each report interval, and when it is gone.
///
/// @see <a href="https://opentelemetry.io/docs/specs/otel/entities/entity-events/">Entity
///   Events</a>
final class EntityEmitter {
  /*
   * Delivery
   *   That an entity is gone is said once. Who misses it knows by the report interval, as the
   *   specification wants it.
   */
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("entity.type");
  private static final AttributeKey<Value<?>> ID = AttributeKey.valueKey("entity.id");
  private static final AttributeKey<Value<?>> DESCRIPTION =
      AttributeKey.valueKey("entity.description");
  private static final AttributeKey<Value<?>> RELATIONSHIPS =
      AttributeKey.valueKey("entity.relationships");
  private static final AttributeKey<Long> REPORT_INTERVAL =
      AttributeKey.longKey("entity.report.interval");
  private static final String RELATIONSHIP_TYPE = "relationship.type";

  private static final AttributeKey<String> INSTANCE =
      AttributeKey.stringKey(AttributeNames.SERVICE_INSTANCE_ID);
  private static final AttributeKey<String> RESOURCE_TYPE =
      AttributeKey.stringKey(AttributeNames.ENTITY_TYPE);

  private static final Map<String, Set<String>> IDENTIFYING =
      Map.of(
          EntityType.HOST, Set.of(AttributeNames.SCOPE_HOST_ID),
          EntityType.PROCESS,
              Set.of(
                  AttributeNames.SCOPE_HOST_ID,
                  AttributeNames.PROCESS_PID,
                  AttributeNames.PROCESS_START),
          EntityType.CONTAINER, Set.of(AttributeNames.CONTAINER_ID),
          EntityType.POD, Set.of(AttributeNames.K8S_POD_UID));

  /// What a resource says for the sake of pipelines.
  private static final Set<String> NOT_OF_THE_ENTITY =
      Set.of(
          AttributeNames.SERVICE_NAME,
          AttributeNames.SERVICE_INSTANCE_ID,
          AttributeNames.ENTITY_TYPE);

  private final Supplier<Stream<Resource>> present;
  private final Supplier<Resource> host;
  private final long reportSeconds;
  private final Repetition<String, Resource> repetition = new Repetition<>();

  /// @param present everything that is there; the same object for as long as nothing changes
  /// @param host whose events they are
  EntityEmitter(
      Supplier<Stream<Resource>> present, Supplier<Resource> host, Duration reportInterval) {
    this.present = present;
    this.host = host;
    this.reportSeconds = reportInterval.toSeconds();
  }

  /// Adds what is due.
  ///
  /// @param dueBeforeNanos what was said last before this is
  void offer(long nowNanos, long dueBeforeNanos, List<LogRecordData> collected) {
    Resource observer = host.get();
    repetition.begin(nowNanos, dueBeforeNanos);
    present
        .get()
        .filter(resource -> IDENTIFYING.containsKey(text(resource, RESOURCE_TYPE)))
        .filter(resource -> repetition.isDue(text(resource, INSTANCE), resource))
        .map(this::state)
        .forEach(state ->
            collected.add(new EventRecord(observer, EventNames.ENTITY_STATE, nowNanos, state)));
    repetition.end((id, last) ->
        collected.add(new EventRecord(observer, EventNames.ENTITY_DELETE, nowNanos, end(last))));
  }

  private Attributes state(Resource resource) {
    String type = text(resource, RESOURCE_TYPE);
    return Attributes.builder()
        .put(TYPE, type)
        .put(ID, id(type, resource))
        .put(DESCRIPTION, description(type, resource))
        .put(RELATIONSHIPS, relationships(type, resource))
        .put(REPORT_INTERVAL, reportSeconds)
        .build();
  }

  private static Attributes end(Resource resource) {
    String type = text(resource, RESOURCE_TYPE);
    return Attributes.builder().put(TYPE, type).put(ID, id(type, resource)).build();
  }

  private static Value<?> description(String type, Resource resource) {
    Map<String, Value<?>> facts = new LinkedHashMap<>();
    resource
        .getAttributes()
        .forEach((key, value) -> {
          String name = key.getKey();
          if (!NOT_OF_THE_ENTITY.contains(name) && !identifying(type).contains(name)) {
            facts.put(name, valueOf(value));
          }
        });
    return Value.of(facts);
  }

  /// What it is in, said by the one that lives shorter.
  private static Value<?> relationships(String type, Resource resource) {
    List<Value<?>> related = new ArrayList<>();
    switch (type) {
      case EntityType.PROCESS -> {
        related.add(relationship("runs_on", EntityType.HOST, resource));
        if (has(resource, AttributeNames.CONTAINER_ID)) {
          related.add(relationship("part_of", EntityType.CONTAINER, resource));
        }
      }
      case EntityType.CONTAINER -> {
        related.add(relationship("runs_on", EntityType.HOST, resource));
        if (has(resource, AttributeNames.K8S_POD_UID)) {
          related.add(relationship("part_of", EntityType.POD, resource));
        }
      }
      default -> {}
    }
    return Value.of(related);
  }

  /// @param resource says what identifies the other one, too
  private static Value<?> relationship(String kind, String type, Resource resource) {
    Map<String, Value<?>> relationship = new LinkedHashMap<>();
    relationship.put(RELATIONSHIP_TYPE, Value.of(kind));
    relationship.put(TYPE.getKey(), Value.of(type));
    relationship.put(ID.getKey(), id(type, resource));
    return Value.of(relationship);
  }

  /// A map of texts, whatever the attributes are.
  private static Value<?> id(String type, Resource resource) {
    Map<String, Value<?>> id = new LinkedHashMap<>();
    resource
        .getAttributes()
        .forEach((key, value) -> {
          if (identifying(type).contains(key.getKey())) {
            id.put(key.getKey(), Value.of(value.toString()));
          }
        });
    return Value.of(id);
  }

  private static Set<String> identifying(String type) {
    return requireNonNull(IDENTIFYING.get(type), type);
  }

  private static boolean has(Resource resource, String name) {
    return resource.getAttribute(AttributeKey.stringKey(name)) != null;
  }

  private static String text(Resource resource, AttributeKey<String> name) {
    @Nullable String value = resource.getAttribute(name);
    return value == null ? "" : value;
  }

  private static Value<?> valueOf(Object value) {
    return switch (value) {
      case Long number -> Value.of(number);
      case Double number -> Value.of(number);
      case Boolean truth -> Value.of(truth);
      case List<?> list -> {
        List<Value<?>> values = new ArrayList<>();
        list.forEach(element -> values.add(valueOf(element)));
        yield Value.of(values);
      }
      default -> Value.of(value.toString());
    };
  }
}
