package dev.otelscope.benchmarks;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.MetricNames;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
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
import java.util.List;

/// Export requests as probes send them: one for each host, of processes that are each connected to
/// a few servers. The figures grow from round to round, everything else stays.
final class ProbeTraffic {
  private static final int PROCESSES = 50;
  private static final int PEERS = 8;
  private static final int POINTS_PER_PEER = 5; // active, opened, bytes each way, round-trip time
  private static final long START = 1_767_225_600_000_000_000L;
  private static final long INTERVAL = 1_000_000_000L;

  /// Places in what [#connection] says.
  private static final int CLIENT_ADDRESS = 1;

  private static final int SERVER_ADDRESS = 2;
  private static final int SERVER_PORT = 3;

  static final int POINTS_PER_REQUEST = PROCESSES * PEERS * POINTS_PER_PEER;

  private final long round;
  private final int exemplars;

  private ProbeTraffic(long round, int exemplars) {
    this.round = round;
    this.exemplars = exemplars;
  }

  /// One request of each of so many hosts.
  ///
  /// @param exemplars connections that each series names as open, and as opened
  static List<byte[]> requests(int hosts, long round, int exemplars) {
    ProbeTraffic traffic = new ProbeTraffic(round, exemplars);
    List<byte[]> requests = new ArrayList<>(hosts);
    for (int host = 0; host < hosts; host++) {
      requests.add(traffic.request(host).toByteArray());
    }
    return requests;
  }

  static long timeNanos(long round) {
    return START + round * INTERVAL;
  }

  /// Connections that each series has counted.
  static long opened(long round) {
    return round;
  }

  /// Bytes that each series has counted.
  static long transferred(long round) {
    return round * 4_096;
  }

  private ExportMetricsServiceRequest request(int host) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    for (int process = 0; process < PROCESSES; process++) {
      request.addResourceMetrics(
          ResourceMetrics.newBuilder()
              .setResource(resource(host, process))
              .addScopeMetrics(
                  ScopeMetrics.newBuilder()
                      .setScope(InstrumentationScope.newBuilder().setName(MetricNames.PROBE_SCOPE))
                      .addAllMetrics(metrics(host, process))));
    }
    return request.build();
  }

  private static Resource resource(int host, int process) {
    String hostId = "node-%04d".formatted(host);
    String pid = Integer.toString(1_000 + process);
    String start = "5d4c7a10-3c51-4c07-9d3a-0242ac120002-" + 812_345 + process;
    return Resource.newBuilder()
        .addAttributes(text(AttributeNames.SERVICE_NAME, MetricNames.PROBE_SERVICE))
        .addAttributes(
            text(
                AttributeNames.SERVICE_INSTANCE_ID,
                "process~%s~%s~%s".formatted(hostId, pid, start)))
        .addAttributes(text(AttributeNames.ENTITY_TYPE, "process"))
        .addAttributes(text(AttributeNames.SCOPE_HOST_ID, hostId))
        .addAttributes(whole(AttributeNames.PROCESS_PID, 1_000 + process))
        .addAttributes(text(AttributeNames.PROCESS_START, start))
        .addAttributes(text(AttributeNames.PROCESS_EXECUTABLE_NAME, "worker-" + process % 10))
        .addAttributes(
            text(AttributeNames.PROCESS_COMMAND_LINE, "/usr/bin/worker --shard " + process))
        .build();
  }

  private List<Metric> metrics(int host, int process) {
    Sum.Builder active = sum(false);
    Sum.Builder opened = sum(true);
    Sum.Builder io = sum(true);
    Gauge.Builder rtt = Gauge.newBuilder();
    for (int peer = 0; peer < PEERS; peer++) {
      List<KeyValue> connection = connection(host, process, peer);
      List<Exemplar> named = exemplars(connection);
      active.addDataPoints(point(connection).setAsInt(3).addAllExemplars(named));
      opened.addDataPoints(point(connection).setAsInt(opened(round)).addAllExemplars(named));
      for (String direction : List.of("transmit", "receive")) {
        io.addDataPoints(
            point(connection)
                .addAttributes(text(AttributeNames.NETWORK_IO_DIRECTION, direction))
                .setAsInt(transferred(round)));
      }
      rtt.addDataPoints(point(connection).setAsDouble(0.000_25));
    }
    return List.of(
        metric(MetricNames.CONNECTION_ACTIVE, "{connection}").setSum(active).build(),
        metric(MetricNames.CONNECTION_OPENED, "{connection}").setSum(opened).build(),
        metric(MetricNames.CONNECTION_IO, "By").setSum(io).build(),
        metric(MetricNames.CONNECTION_RTT, "s").setGauge(rtt).build());
  }

  private static List<KeyValue> connection(int host, int process, int peer) {
    int server = (host * 31 + process * 7 + peer * 13) % 4_096;
    return List.of(
        text(AttributeNames.CONNECTION_ROLE, "client"),
        text(AttributeNames.CLIENT_ADDRESS, "10.1.%d.%d".formatted(host / 256, host % 256)),
        text(AttributeNames.SERVER_ADDRESS, "10.2.%d.%d".formatted(server / 256, server % 256)),
        whole(AttributeNames.SERVER_PORT, 8_000 + peer),
        text(AttributeNames.NETWORK_TRANSPORT, "tcp"),
        text(AttributeNames.NETWORK_TYPE, "ipv4"),
        text(AttributeNames.ADDRESS_SCOPE, "global"));
  }

  private List<Exemplar> exemplars(List<KeyValue> connection) {
    List<Exemplar> named = new ArrayList<>(exemplars);
    for (int i = 0; i < exemplars; i++) {
      named.add(
          Exemplar.newBuilder()
              .setTimeUnixNano(START)
              .setAsInt(1)
              .addFilteredAttributes(
                  renamed(connection.get(CLIENT_ADDRESS), AttributeNames.TUPLE_CLIENT_ADDRESS))
              .addFilteredAttributes(whole(AttributeNames.TUPLE_CLIENT_PORT, 40_000 + i))
              .addFilteredAttributes(
                  renamed(connection.get(SERVER_ADDRESS), AttributeNames.TUPLE_SERVER_ADDRESS))
              .addFilteredAttributes(
                  renamed(connection.get(SERVER_PORT), AttributeNames.TUPLE_SERVER_PORT))
              .build());
    }
    return named;
  }

  private static KeyValue renamed(KeyValue attribute, String key) {
    return attribute.toBuilder().setKey(key).build();
  }

  private static Metric.Builder metric(String name, String unit) {
    return Metric.newBuilder().setName(name).setUnit(unit);
  }

  private static Sum.Builder sum(boolean monotonic) {
    return Sum.newBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
        .setIsMonotonic(monotonic);
  }

  private NumberDataPoint.Builder point(List<KeyValue> attributes) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(START)
        .setTimeUnixNano(timeNanos(round))
        .addAllAttributes(attributes);
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue whole(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
