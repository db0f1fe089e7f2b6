package dev.otelscope.server.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SDK → OTLP/gRPC → a real collector with batches → the receivers.
class CollectorIT {
  private static final int POINTS = 1_000;

  private final TestReceivers receivers = new TestReceivers(ReceiverLimits.DEFAULTS);
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    receivers.close();
  }

  @Test
  void whatACollectorPassesOnOverHttpArrives() throws Exception {
    try (Collector collector = Collector.start(directory, http())) {
      export(collector);

      await().atMost(Duration.ofSeconds(30)).untilAsserted(this::everyPointArrived);
      assertThat(receivers.count(Transport.HTTP, Signal.METRICS, Outcome.ACCEPTED)).isPositive();
    }
  }

  @Test
  void whatACollectorPassesOnOverGrpcArrives() throws Exception {
    try (Collector collector = Collector.start(directory, grpc())) {
      export(collector);

      await().atMost(Duration.ofSeconds(30)).untilAsserted(this::everyPointArrived);
      assertThat(receivers.count(Transport.GRPC, Signal.METRICS, Outcome.ACCEPTED)).isPositive();
    }
  }

  @Test
  void whatIsRefusedOverHttpComesAgainAndNothingIsLost() throws Exception {
    refuseFirst(2);
    try (Collector collector = Collector.start(directory, http())) {
      export(collector);

      await().atMost(Duration.ofSeconds(60)).untilAsserted(this::everyPointArrived);
      assertThat(receivers.count(Transport.HTTP, Signal.METRICS, Outcome.REFUSED)).isEqualTo(2);
    }
  }

  @Test
  void whatIsRefusedOverGrpcComesAgainAndNothingIsLost() throws Exception {
    refuseFirst(2);
    try (Collector collector = Collector.start(directory, grpc())) {
      export(collector);

      await().atMost(Duration.ofSeconds(60)).untilAsserted(this::everyPointArrived);
      assertThat(receivers.count(Transport.GRPC, Signal.METRICS, Outcome.REFUSED)).isEqualTo(2);
    }
  }

  private String http() {
    return """
    otlphttp:
      endpoint: %s
      retry_on_failure:
        initial_interval: 200ms
    """
        .formatted(receivers.uri());
  }

  private String grpc() {
    return """
    otlp:
      endpoint: %s
      compression: gzip
      tls:
        insecure: true
      retry_on_failure:
        initial_interval: 200ms
    """
        .formatted(receivers.uri().substring("http://".length()));
  }

  private void refuseFirst(int requests) {
    AtomicInteger left = new AtomicInteger(requests);
    receivers.engine =
        (signal, bytes) -> {
          if (left.getAndDecrement() > 0) {
            receivers.taken.remove(bytes);
            return new IngestOutcome.Refused(Duration.ofMillis(200));
          }
          return new IngestOutcome.Accepted(1);
        };
  }

  private void everyPointArrived() throws InvalidProtocolBufferException {
    boolean[] seen = new boolean[POINTS];
    for (byte[] request : receivers.taken) {
      ExportMetricsServiceRequest.parseFrom(request).getResourceMetricsList().stream()
          .flatMap(resource -> resource.getScopeMetricsList().stream())
          .flatMap(scope -> scope.getMetricsList().stream())
          .flatMap(metric -> metric.getSum().getDataPointsList().stream())
          .forEach(point -> seen[(int) point.getAttributes(0).getValue().getIntValue()] = true);
    }
    assertThat(IntStream.range(0, POINTS).filter(i -> !seen[i])).as("missing points").isEmpty();
  }

  private static void export(Collector collector) {
    PeriodicMetricReader reader =
        PeriodicMetricReader.builder(
                OtlpGrpcMetricExporter.builder()
                    .setEndpoint(collector.uri())
                    .setCompression("gzip")
                    .build())
            .setInterval(Duration.ofHours(1))
            .build();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder().registerMetricReader(reader).build()) {
      LongCounter counter = provider.get("test").counterBuilder("test.counter").build();
      for (int i = 0; i < POINTS; i++) {
        counter.add(1, Attributes.of(AttributeKey.longKey("i"), (long) i));
      }
      assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
  }
}
