package dev.otelscope.probe.emission;

import dev.otelscope.probe.emission.ReceiverTarget.TemporalityPreference;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The SDK's exporter for a target. It does not retry: the next round carries newer figures.
final class OtlpExporters {
  private OtlpExporters() {}

  /// @param answers told what the receiver says
  /// @throws IllegalArgumentException naming the file that could not be read
  static MetricExporter create(ReceiverTarget target, Answers answers) {
    return switch (target.protocol()) {
      case HTTP_PROTOBUF -> http(target, answers);
      case GRPC -> grpc(target, answers);
    };
  }

  private static MetricExporter http(ReceiverTarget target, Answers answers) {
    OtlpHttpMetricExporterBuilder builder =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(target.endpoint().toString())
            .setCompression(target.gzip() ? "gzip" : "none")
            .setTimeout(target.timeout())
            .setConnectTimeout(target.timeout())
            .setRetryPolicy(null)
            .setMemoryMode(MemoryMode.REUSABLE_DATA)
            .setAggregationTemporalitySelector(selector(target.temporality()))
            .setComponentLoader(ownSender(answers));
    target.headers().forEach(builder::addHeader);
    secure(target, builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }

  private static MetricExporter grpc(ReceiverTarget target, Answers answers) {
    OtlpGrpcMetricExporterBuilder builder =
        OtlpGrpcMetricExporter.builder()
            .setEndpoint(target.endpoint().toString())
            .setCompression(target.gzip() ? "gzip" : "none")
            .setTimeout(target.timeout())
            .setConnectTimeout(target.timeout())
            .setRetryPolicy(null)
            .setMemoryMode(MemoryMode.REUSABLE_DATA)
            .setAggregationTemporalitySelector(selector(target.temporality()))
            .setComponentLoader(ownSender(answers));
    target.headers().forEach(builder::addHeader);
    secure(target, builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }

  private static AggregationTemporalitySelector selector(TemporalityPreference preference) {
    return switch (preference) {
      case CUMULATIVE -> AggregationTemporalitySelector.alwaysCumulative();
      case DELTA -> AggregationTemporalitySelector.deltaPreferred();
      case LOW_MEMORY -> AggregationTemporalitySelector.lowMemory();
    };
  }

  /// Makes the SDK send by what is told the answers.
  static ComponentLoader ownSender(Answers answers) {
    return new OwnSenders(answers);
  }

  /// Hands over the files that the target names.
  ///
  /// @throws IllegalArgumentException naming the one that is of no use
  static void secure(
      ReceiverTarget target, Consumer<byte[]> trust, BiConsumer<byte[], byte[]> identify) {
    target
        .trustedCertificates()
        .ifPresent(file -> use("CERTIFICATE", file, () -> trust.accept(read(file))));
    target
        .clientKey()
        .ifPresent(key ->
            target
                .clientCertificate()
                .ifPresent(certificate ->
                    use(
                        "CLIENT_CERTIFICATE and _KEY",
                        certificate,
                        () -> identify.accept(read(key), read(certificate)))));
  }

  private static void use(String variable, Path file, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          "OTEL_EXPORTER_OTLP_" + variable + " must name PEM files, but " + file + " is none", e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read " + file + " that the OTLP variables name: " + e.getMessage(), e);
    }
  }

  /// Finds our senders where the SDK looks for them, and everything else where it is.
  private record OwnSenders(Answers answers) implements ComponentLoader {
    @Override
    public <T> Iterable<T> load(Class<T> service) {
      if (service == HttpSenderProvider.class) {
        HttpSenderProvider provider = config -> new OtlpSender(config, answers);
        return List.of(service.cast(provider));
      }
      Iterable<T> found = ServiceLoader.load(service, OtlpExporters.class.getClassLoader());
      if (service != GrpcSenderProvider.class) {
        return found;
      }
      GrpcSenderProvider first = (GrpcSenderProvider) found.iterator().next();
      GrpcSenderProvider provider =
          config ->
              new HeardGrpcSender(
                  first.createSender(config),
                  config.getEndpoint().getScheme().equals("https"),
                  answers);
      return List.of(service.cast(provider));
    }
  }

  /// Sends as the SDK does, and tells what is answered.
  private record HeardGrpcSender(GrpcSender sender, boolean secure, Answers answers)
      implements GrpcSender {
    @Override
    public void send(
        MessageWriter message, Consumer<GrpcResponse> onAnswer, Consumer<Throwable> onError) {
      sender.send(
          message,
          answer -> {
            answers.answered(answer);
            onAnswer.accept(answer);
          },
          failure -> {
            answers.refused(Refusal.ofSilence(failure, secure));
            onError.accept(failure);
          });
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }
}
