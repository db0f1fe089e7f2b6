package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/// The captured requests among the test resources, see their README.
record Captures(String file, Signal signal) {

  static Stream<Captures> all() {
    return Stream.of(
        new Captures("docker-stats-receiver-0.149.0.json", Signal.METRICS),
        new Captures("hostmetrics-receiver-0.149.0.json", Signal.METRICS),
        new Captures("obi-network-metrics.json", Signal.METRICS),
        new Captures("prometheus-receiver-0.155.0-tempo-service-graph.json", Signal.METRICS),
        new Captures("servicegraph-connector-ea186db.json", Signal.METRICS),
        new Captures("spanmetrics-connector-0.155.0.json", Signal.METRICS),
        new Captures("spans-otel-sdk.json", Signal.TRACES),
        new Captures("spans-peer-attributes.json", Signal.TRACES));
  }

  List<String> requests() throws IOException {
    try (InputStream in = requireNonNull(getClass().getResourceAsStream("/captures/" + file))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
