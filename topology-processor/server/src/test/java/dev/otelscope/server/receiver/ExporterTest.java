package dev.otelscope.server.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The OpenTelemetry SDK's own exporters against the receivers.
class ExporterTest {
  private static final int POINTS = 5_000;

  private final TestReceivers receivers = new TestReceivers(ReceiverLimits.DEFAULTS);

  @AfterEach
  void stop() {
    receivers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "none"})
  void whatIsExportedOverHttpArrives(String compression) throws Exception {
    MetricExporter exporter =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(receivers.uri() + "/v1/metrics")
            .setCompression(compression)
            .build();

    assertThat(export(exporter).isSuccess()).isTrue();

    assertArrived(Transport.HTTP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "none"})
  void whatIsExportedOverGrpcArrives(String compression) throws Exception {
    MetricExporter exporter =
        OtlpGrpcMetricExporter.builder()
            .setEndpoint(receivers.uri())
            .setCompression(compression)
            .build();

    assertThat(export(exporter).isSuccess()).isTrue();

    assertArrived(Transport.GRPC);
  }

  @Test
  void aRefusedExportIsRepeatedByTheExporter() {
    AtomicInteger requests = new AtomicInteger();
    receivers.engine =
        (signal, bytes) ->
            requests.incrementAndGet() < 3
                ? new IngestOutcome.Refused(Duration.ofMillis(100))
                : new IngestOutcome.Accepted(POINTS);
    MetricExporter exporter =
        OtlpHttpMetricExporter.builder().setEndpoint(receivers.uri() + "/v1/metrics").build();

    assertThat(export(exporter).isSuccess()).isTrue();

    assertThat(receivers.count(Transport.HTTP, Signal.METRICS, Outcome.REFUSED)).isEqualTo(2);
    assertThat(receivers.count(Transport.HTTP, Signal.METRICS, Outcome.ACCEPTED)).isPositive();
  }

  private void assertArrived(Transport transport) throws Exception {
    assertThat(receivers.count(transport, Signal.METRICS, Outcome.ACCEPTED)).isPositive();
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.parseFrom(receivers.taken.getFirst());
    assertThat(
            request
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetrics(0)
                .getSum()
                .getDataPointsCount())
        .isEqualTo(POINTS);
  }

  /// Has the SDK collect a counter with many points and hand them to `exporter` at once.
  private static CompletableResultCode export(MetricExporter exporter) {
    PeriodicMetricReader reader =
        PeriodicMetricReader.builder(exporter).setInterval(Duration.ofHours(1)).build();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder().registerMetricReader(reader, instrument -> 2 * POINTS).build()) {
      var counter = provider.get("test").counterBuilder("test.counter").build();
      for (int i = 0; i < POINTS; i++) {
        counter.add(1, Attributes.of(AttributeKey.longKey("i"), (long) i));
      }
      return provider.forceFlush().join(20, TimeUnit.SECONDS);
    }
  }
}
