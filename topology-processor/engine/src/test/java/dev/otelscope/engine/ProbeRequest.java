package dev.otelscope.engine;

import static dev.otelscope.model.AttributeNames.ADDRESS_SCOPE;
import static dev.otelscope.model.AttributeNames.CLIENT_ADDRESS;
import static dev.otelscope.model.AttributeNames.CONNECTION_ROLE;
import static dev.otelscope.model.AttributeNames.ENTITY_TYPE;
import static dev.otelscope.model.AttributeNames.ERROR_TYPE;
import static dev.otelscope.model.AttributeNames.HOST_IP;
import static dev.otelscope.model.AttributeNames.HOST_NAME;
import static dev.otelscope.model.AttributeNames.NETWORK_IO_DIRECTION;
import static dev.otelscope.model.AttributeNames.NETWORK_NAMESPACE;
import static dev.otelscope.model.AttributeNames.NETWORK_TRANSPORT;
import static dev.otelscope.model.AttributeNames.PEER;
import static dev.otelscope.model.AttributeNames.PROBE_EXPORT_INTERVAL;
import static dev.otelscope.model.AttributeNames.PROBE_REASON;
import static dev.otelscope.model.AttributeNames.PROBE_START;
import static dev.otelscope.model.AttributeNames.PROBE_TIER;
import static dev.otelscope.model.AttributeNames.PROCESS_EXECUTABLE_NAME;
import static dev.otelscope.model.AttributeNames.PROCESS_PARENT_PID;
import static dev.otelscope.model.AttributeNames.PROCESS_PID;
import static dev.otelscope.model.AttributeNames.PROCESS_START;
import static dev.otelscope.model.AttributeNames.SCOPE_HOST_ID;
import static dev.otelscope.model.AttributeNames.SERVER_ADDRESS;
import static dev.otelscope.model.AttributeNames.SERVER_PORT;
import static dev.otelscope.model.AttributeNames.SERVICE_INSTANCE_ID;
import static dev.otelscope.model.AttributeNames.SERVICE_NAME;
import static dev.otelscope.model.AttributeNames.TUPLE_CLIENT_ADDRESS;
import static dev.otelscope.model.AttributeNames.TUPLE_CLIENT_PORT;
import static dev.otelscope.model.AttributeNames.TUPLE_SERVER_ADDRESS;
import static dev.otelscope.model.AttributeNames.TUPLE_SERVER_PORT;
import static java.util.Objects.requireNonNull;

import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.MetricNames;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what a probe sends, one point at a time, as `docs/wire.md` has it:
///
/// ```
/// new ProbeRequest()
///     .process("h1", 812)                                  // whose end it is
///     .opened(client("10.0.0.1", "10.0.0.2", 80), start, time, 3)
///     .active(client("10.0.0.1", "10.0.0.2", 80), start, time, 1)
///     .bytes();
/// ```
public final class ProbeRequest {
  private final List<ResourceMetrics.Builder> resources = new ArrayList<>();
  private boolean delta;

  /// Which connections: attributes of a point.
  public record Connections(Map<String, Object> attributes) {
    public static Connections client(String client, String server, int port) {
      return of("client", client, server, port);
    }

    public static Connections server(String client, String server, int port) {
      return of("server", client, server, port);
    }

    /// `local` is the observer's address; port 0 is left out.
    public static Connections unknown(String local, String remote, int port) {
      return of("unknown", local, remote, port);
    }

    /// The other end's socket is on the same host and belongs to this entity.
    public Connections peer(EntityId peer) {
      return with(PEER, peer.toString());
    }

    /// `global`, `host`, `namespace`
    public Connections reach(String reach) {
      return with(ADDRESS_SCOPE, reach);
    }

    public Connections with(String key, Object value) {
      Map<String, Object> more = new LinkedHashMap<>(attributes);
      more.put(key, value);
      return new Connections(more);
    }

    private static Connections of(String role, String client, String server, int port) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      attributes.put(CONNECTION_ROLE, role);
      attributes.put(CLIENT_ADDRESS, client);
      attributes.put(SERVER_ADDRESS, server);
      if (port != 0) {
        attributes.put(SERVER_PORT, port);
      }
      attributes.put(NETWORK_TRANSPORT, "tcp");
      attributes.put("network.type", client.contains(":") ? "ipv6" : "ipv4");
      attributes.put(ADDRESS_SCOPE, "global");
      return new Connections(attributes);
    }
  }

  public static EntityId hostId(String host) {
    return EntityId.of(EntityType.HOST, host);
  }

  public static EntityId processId(String host, int pid) {
    return EntityId.of(EntityType.PROCESS, host, Integer.toString(pid), "boot-" + host + "-" + pid);
  }

  public static EntityId unattributedId(String host, String namespace) {
    return EntityId.of(EntityType.UNATTRIBUTED, host, namespace);
  }

  /// Counters that follow are of delta temporality; what rises and falls stays cumulative.
  public ProbeRequest delta() {
    delta = true;
    return this;
  }

  public ProbeRequest host(String host, String... addresses) {
    return resource(
        hostId(host), Map.of(SCOPE_HOST_ID, host, HOST_NAME, "name-" + host, HOST_IP, addresses));
  }

  public ProbeRequest process(String host, int pid) {
    return process(host, pid, 0);
  }

  public ProbeRequest process(String host, int pid, int parentPid) {
    EntityId id = processId(host, pid);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(SCOPE_HOST_ID, host);
    attributes.put(PROCESS_PID, pid);
    attributes.put(PROCESS_START, id.value(2));
    attributes.put(PROCESS_EXECUTABLE_NAME, "program-" + pid);
    attributes.put(NETWORK_NAMESPACE, "1");
    if (parentPid != 0) {
      attributes.put(PROCESS_PARENT_PID, parentPid);
    }
    return resource(id, attributes);
  }

  public ProbeRequest unattributed(String host, String namespace) {
    return resource(
        unattributedId(host, namespace), Map.of(SCOPE_HOST_ID, host, NETWORK_NAMESPACE, namespace));
  }

  /// The points that follow are of this entity.
  public ProbeRequest resource(EntityId id, Map<String, Object> attributes) {
    Resource.Builder resource =
        Resource.newBuilder()
            .addAttributes(attribute(SERVICE_NAME, MetricNames.PROBE_SERVICE))
            .addAttributes(attribute(SERVICE_INSTANCE_ID, id.toString()))
            .addAttributes(attribute(ENTITY_TYPE, id.type()));
    attributes.forEach((key, value) -> resource.addAttributes(attribute(key, value)));
    return rawResource(resource.build());
  }

  public ProbeRequest rawResource(Resource resource) {
    resources.add(
        ResourceMetrics.newBuilder()
            .setResource(resource)
            .addScopeMetrics(
                ScopeMetrics.newBuilder()
                    .setScope(InstrumentationScope.newBuilder().setName(MetricNames.PROBE_SCOPE))));
    return this;
  }

  public ProbeRequest heartbeat(int tier, String reason, long probeStart, long time) {
    Map<String, Object> attributes =
        Map.of(
            PROBE_TIER, tier,
            PROBE_REASON, reason,
            PROBE_START, probeStart,
            PROBE_EXPORT_INTERVAL, 1);
    return gauge(MetricNames.PROBE_COVERAGE, attributes, time, 1);
  }

  /// @param sampled client's ports of connections that stand for the others, which have the
  ///   addresses that `of` says
  public ProbeRequest active(Connections of, long start, long time, long value, int... sampled) {
    upDown(MetricNames.CONNECTION_ACTIVE, of.attributes(), start, time, value);
    return exemplars(of, sampled);
  }

  /// @param sampled as above
  public ProbeRequest opened(Connections of, long start, long time, long value, int... sampled) {
    counter(MetricNames.CONNECTION_OPENED, of.attributes(), start, time, value);
    return exemplars(of, sampled);
  }

  public ProbeRequest failed(Connections of, String cause, long start, long time, long value) {
    return counter(
        MetricNames.CONNECTION_FAILED, of.with(ERROR_TYPE, cause).attributes(), start, time, value);
  }

  public ProbeRequest transmitted(Connections of, long start, long time, long value) {
    return io(of, "transmit", start, time, value);
  }

  public ProbeRequest received(Connections of, long start, long time, long value) {
    return io(of, "receive", start, time, value);
  }

  public ProbeRequest roundTrip(Connections of, long time, double seconds) {
    return gauge(MetricNames.CONNECTION_RTT, of.attributes(), time, seconds);
  }

  public ProbeRequest listener(String address, int port, long start, long time, long value) {
    Map<String, Object> attributes =
        Map.of(SERVER_ADDRESS, address, SERVER_PORT, port, NETWORK_TRANSPORT, "tcp");
    return upDown(MetricNames.LISTENER, attributes, start, time, value);
  }

  public ProbeRequest counter(
      String metric, Map<String, Object> attributes, long start, long time, long value) {
    AggregationTemporality temporality =
        delta
            ? AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
            : AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    return sum(metric, temporality, true, point(attributes, start, time).setAsInt(value));
  }

  public ProbeRequest upDown(
      String metric, Map<String, Object> attributes, long start, long time, long value) {
    return sum(
        metric,
        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
        false,
        point(attributes, start, time).setAsInt(value));
  }

  public ProbeRequest gauge(
      String metric, Map<String, Object> attributes, long time, double value) {
    scope()
        .addMetrics(
            Metric.newBuilder()
                .setName(metric)
                .setGauge(
                    Gauge.newBuilder()
                        .addDataPoints(point(attributes, 0, time).setAsDouble(value))));
    return this;
  }

  public byte[] bytes() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    resources.forEach(request::addResourceMetrics);
    return request.build().toByteArray();
  }

  private ProbeRequest io(Connections of, String direction, long start, long time, long value) {
    return counter(
        MetricNames.CONNECTION_IO,
        of.with(NETWORK_IO_DIRECTION, direction).attributes(),
        start,
        time,
        value);
  }

  private ProbeRequest sum(
      String metric,
      AggregationTemporality temporality,
      boolean monotonic,
      NumberDataPoint.Builder point) {
    scope()
        .addMetrics(
            Metric.newBuilder()
                .setName(metric)
                .setSum(
                    Sum.newBuilder()
                        .setAggregationTemporality(temporality)
                        .setIsMonotonic(monotonic)
                        .addDataPoints(point)));
    return this;
  }

  /// Gives the last point exemplars.
  private ProbeRequest exemplars(Connections of, int... ports) {
    NumberDataPoint.Builder point =
        scope()
            .getMetricsBuilder(scope().getMetricsCount() - 1)
            .getSumBuilder()
            .getDataPointsBuilder(0);
    for (int port : ports) {
      point.addExemplars(
          Exemplar.newBuilder()
              .setTimeUnixNano(point.getTimeUnixNano())
              .setAsInt(1)
              .addFilteredAttributes(
                  attribute(TUPLE_CLIENT_ADDRESS, of.attributes().get(CLIENT_ADDRESS)))
              .addFilteredAttributes(attribute(TUPLE_CLIENT_PORT, port))
              .addFilteredAttributes(
                  attribute(TUPLE_SERVER_ADDRESS, of.attributes().get(SERVER_ADDRESS)))
              .addFilteredAttributes(
                  attribute(TUPLE_SERVER_PORT, of.attributes().get(SERVER_PORT))));
    }
    return this;
  }

  private ScopeMetrics.Builder scope() {
    return resources.getLast().getScopeMetricsBuilder(0);
  }

  private static NumberDataPoint.Builder point(
      Map<String, Object> attributes, long start, long time) {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder().setStartTimeUnixNano(start).setTimeUnixNano(time);
    attributes.forEach((key, value) -> point.addAttributes(attribute(key, value)));
    return point;
  }

  private static KeyValue attribute(String key, @Nullable Object value) {
    return KeyValue.newBuilder().setKey(key).setValue(value(requireNonNull(value))).build();
  }

  private static AnyValue value(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    switch (value) {
      case String text -> any.setStringValue(text);
      case Integer number -> any.setIntValue(number);
      case Long number -> any.setIntValue(number);
      case Boolean truth -> any.setBoolValue(truth);
      case String[] texts -> {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (String text : texts) {
          array.addValues(value(text));
        }
        any.setArrayValue(array);
      }
      default -> throw new IllegalArgumentException("no such attribute value: " + value);
    }
    return any.build();
  }
}
