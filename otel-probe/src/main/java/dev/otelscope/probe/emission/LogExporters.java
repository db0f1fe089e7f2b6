package dev.otelscope.probe.emission;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;

/// The SDK's exporter of logs for a target. It does not retry: what did not arrive is said again.
final class LogExporters {
  private LogExporters() {}

  /// @param answers told what the receiver says
  /// @throws IllegalArgumentException naming the file that could not be read
  static LogRecordExporter create(ReceiverTarget target, Answers answers) {
    return switch (target.protocol()) {
      case HTTP_PROTOBUF -> http(target, answers);
      case GRPC -> grpc(target, answers);
    };
  }

  private static LogRecordExporter http(ReceiverTarget target, Answers answers) {
    OtlpHttpLogRecordExporterBuilder builder =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(target.endpoint().toString())
            .setCompression(target.gzip() ? "gzip" : "none")
            .setTimeout(target.timeout())
            .setConnectTimeout(target.timeout())
            .setRetryPolicy(null)
            .setComponentLoader(OtlpExporters.ownSender(answers));
    target.headers().forEach(builder::addHeader);
    OtlpExporters.secure(target, builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }

  private static LogRecordExporter grpc(ReceiverTarget target, Answers answers) {
    OtlpGrpcLogRecordExporterBuilder builder =
        OtlpGrpcLogRecordExporter.builder()
            .setEndpoint(target.endpoint().toString())
            .setCompression(target.gzip() ? "gzip" : "none")
            .setTimeout(target.timeout())
            .setConnectTimeout(target.timeout())
            .setRetryPolicy(null)
            .setComponentLoader(OtlpExporters.ownSender(answers));
    target.headers().forEach(builder::addHeader);
    OtlpExporters.secure(target, builder::setTrustedCertificates, builder::setClientTls);
    return builder.build();
  }
}
