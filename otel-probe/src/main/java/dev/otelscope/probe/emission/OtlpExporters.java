package dev.otelscope.probe.emission;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The SDK's exporter for a target. It does not retry: the next round carries newer figures.
final class OtlpExporters {
  private OtlpExporters() {}

  /// @param answers told what the receiver says, over HTTP
  /// @throws IllegalArgumentException naming the file that could not be read
  static MetricExporter create(ReceiverTarget target, Answers answers) {
    return switch (target.protocol()) {
      case HTTP_PROTOBUF -> http(target, answers);
      case GRPC -> grpc(target);
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
            .setComponentLoader(ownSender(answers));
    target.headers().forEach(builder::addHeader);
    read(target.trustedCertificates()).ifPresent(builder::setTrustedCertificates);
    Optional<byte[]> key = read(target.clientKey());
    read(target.clientCertificate())
        .ifPresent(certificate -> key.ifPresent(own -> builder.setClientTls(own, certificate)));
    return builder.build();
  }

  private static MetricExporter grpc(ReceiverTarget target) {
    OtlpGrpcMetricExporterBuilder builder =
        OtlpGrpcMetricExporter.builder()
            .setEndpoint(target.endpoint().toString())
            .setCompression(target.gzip() ? "gzip" : "none")
            .setTimeout(target.timeout())
            .setConnectTimeout(target.timeout())
            .setRetryPolicy(null)
            .setMemoryMode(MemoryMode.REUSABLE_DATA);
    target.headers().forEach(builder::addHeader);
    read(target.trustedCertificates()).ifPresent(builder::setTrustedCertificates);
    Optional<byte[]> key = read(target.clientKey());
    read(target.clientCertificate())
        .ifPresent(certificate -> key.ifPresent(own -> builder.setClientTls(own, certificate)));
    return builder.build();
  }

  /// The content of a file that a variable names.
  static Optional<byte[]> read(Optional<Path> file) {
    return file.map(path -> {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "cannot read " + path + " that the OTLP variables name: " + e.getMessage(), e);
      }
    });
  }

  /// Has HTTP go through our sender.
  static ComponentLoader ownSender(Answers answers) {
    return new OwnSender(answers);
  }

  /// Finds our sender where the SDK looks for one, and everything else where it is.
  private record OwnSender(Answers answers) implements ComponentLoader {
    @Override
    public <T> Iterable<T> load(Class<T> service) {
      if (service == HttpSenderProvider.class) {
        HttpSenderProvider provider = config -> new OtlpSender(config, answers);
        return List.of(service.cast(provider));
      }
      return ServiceLoader.load(service, OtlpExporters.class.getClassLoader());
    }
  }
}
