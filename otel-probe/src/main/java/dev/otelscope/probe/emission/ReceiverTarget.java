package dev.otelscope.probe.emission;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Where the probe sends to, and how, as the standard variables `OTEL_EXPORTER_OTLP_…` say it;
/// those with `METRICS_` in their name are stronger.
///
/// @param endpoint of HTTP with its path, of gRPC without
/// @param timeout of one request
/// @param trustedCertificates PEM file, else those that Java trusts
/// @param clientCertificate PEM file, for mTLS, together with the key
/// @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OTLP exporter</a>
public record ReceiverTarget(
    URI endpoint,
    Protocol protocol,
    Map<String, String> headers,
    boolean gzip,
    Duration timeout,
    TemporalityPreference temporality,
    Optional<Path> trustedCertificates,
    Optional<Path> clientCertificate,
    Optional<Path> clientKey) {

  /// How OTLP travels.
  public enum Protocol {
    HTTP_PROTOBUF,
    GRPC
  }

  /// What the receiver likes counters to be, as `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`
  /// says it.
  public enum TemporalityPreference {
    /// Since the series began.
    CUMULATIVE,
    /// Counters and histograms since what arrived last; what rises and falls stays cumulative.
    DELTA,
    /// Like `DELTA`, but counters that the kernel keeps stay cumulative, too.
    LOW_MEMORY
  }

  private static final String METRICS_PATH = "v1/metrics";
  private static final String LOGS_PATH = "v1/logs";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final String A_URL = "a URL like http://127.0.0.1:4318";

  public ReceiverTarget {
    requireNonNull(protocol, "protocol");
    requireNonNull(temporality, "temporality");
    headers = Map.copyOf(headers);
    if (!isUrl(endpoint)) {
      throw new IllegalArgumentException(
          "the OTLP endpoint must be " + A_URL + ", not '" + endpoint + "'");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the OTLP timeout must be positive, not " + timeout);
    }
    if (clientCertificate.isPresent() != clientKey.isPresent()) {
      throw new IllegalArgumentException(
          "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY need each other,"
              + " but only "
              + (clientKey.isPresent() ? "the key" : "the certificate")
              + " is set");
    }
  }

  /// OTLP/HTTP, protobuf, gzip, to a receiver such as `http://127.0.0.1:4318`.
  public static ReceiverTarget http(URI base) {
    return new ReceiverTarget(
        withMetricsPath(base),
        Protocol.HTTP_PROTOBUF,
        Map.of(),
        true,
        DEFAULT_TIMEOUT,
        TemporalityPreference.CUMULATIVE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// What the environment says; the receiver on this machine when it says nothing.
  ///
  /// @throws IllegalArgumentException naming the variable and what it may be
  public static ReceiverTarget fromEnvironment(Map<String, String> environment) {
    StandardVariable.of(environment, "OTEL_METRICS_EXPORTER").ifPresent(ReceiverTarget::checkOtlp);
    Protocol protocol =
        StandardVariable.ofOtlp(environment, "PROTOCOL")
            .map(ReceiverTarget::protocol)
            .orElse(Protocol.HTTP_PROTOBUF);
    return new ReceiverTarget(
        endpoint(environment, protocol),
        protocol,
        StandardVariable.ofOtlp(environment, "HEADERS").map(KeyValues::parse).orElse(Map.of()),
        StandardVariable.ofOtlp(environment, "COMPRESSION")
            .map(ReceiverTarget::isGzip)
            .orElse(true),
        timeout(environment),
        StandardVariable.ofOtlp(environment, "TEMPORALITY_PREFERENCE")
            .map(ReceiverTarget::temporality)
            .orElse(TemporalityPreference.CUMULATIVE),
        StandardVariable.ofOtlp(environment, "CERTIFICATE").map(ReceiverTarget::file),
        StandardVariable.ofOtlp(environment, "CLIENT_CERTIFICATE").map(ReceiverTarget::file),
        StandardVariable.ofOtlp(environment, "CLIENT_KEY").map(ReceiverTarget::file));
  }

  /// Where logs go: to the same receiver in the same way, unless the environment says another
  /// address for them.
  ///
  /// @throws IllegalArgumentException naming the variable and what it may be
  public ReceiverTarget forLogs(Map<String, String> environment) {
    String path = endpoint.toString();
    URI logs =
        path.endsWith(METRICS_PATH)
            ? URI.create(path.substring(0, path.length() - METRICS_PATH.length()) + LOGS_PATH)
            : endpoint;
    return new ReceiverTarget(
        StandardVariable.of(environment, "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT")
            .map(ReceiverTarget::uri)
            .orElse(logs),
        protocol,
        headers,
        gzip,
        timeout,
        temporality,
        trustedCertificates,
        clientCertificate,
        clientKey);
  }

  private static void checkOtlp(StandardVariable exporter) {
    if (!exporter.word().equals("otlp")) {
      throw exporter.wrong(
          "otlp, which is all that a probe speaks (OTEL_SDK_DISABLED=true keeps it quiet)");
    }
  }

  private static URI endpoint(Map<String, String> environment, Protocol protocol) {
    Optional<URI> ofMetrics =
        StandardVariable.of(environment, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")
            .map(ReceiverTarget::uri);
    if (ofMetrics.isPresent()) {
      return ofMetrics.get();
    }
    Optional<URI> base =
        StandardVariable.of(environment, "OTEL_EXPORTER_OTLP_ENDPOINT").map(ReceiverTarget::uri);
    return switch (protocol) {
      case GRPC -> base.orElse(URI.create("http://localhost:4317"));
      case HTTP_PROTOBUF -> withMetricsPath(base.orElse(URI.create("http://localhost:4318")));
    };
  }

  private static URI withMetricsPath(URI base) {
    String text = base.toString();
    return URI.create(text.endsWith("/") ? text + METRICS_PATH : text + "/" + METRICS_PATH);
  }

  private static URI uri(StandardVariable endpoint) {
    try {
      URI uri = URI.create(endpoint.value());
      if (isUrl(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw endpoint.wrong(A_URL);
    }
    throw endpoint.wrong(A_URL);
  }

  private static boolean isUrl(URI uri) {
    String scheme = String.valueOf(uri.getScheme());
    return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
  }

  private static Protocol protocol(StandardVariable protocol) {
    return switch (protocol.word()) {
      case "http/protobuf" -> Protocol.HTTP_PROTOBUF;
      case "grpc" -> Protocol.GRPC;
      default -> throw protocol.wrong("http/protobuf or grpc");
    };
  }

  private static boolean isGzip(StandardVariable compression) {
    return switch (compression.word()) {
      case "gzip" -> true;
      case "none" -> false;
      default -> throw compression.wrong("gzip or none");
    };
  }

  private static TemporalityPreference temporality(StandardVariable preference) {
    return switch (preference.word()) {
      case "cumulative" -> TemporalityPreference.CUMULATIVE;
      case "delta" -> TemporalityPreference.DELTA;
      case "lowmemory" -> TemporalityPreference.LOW_MEMORY;
      default -> throw preference.wrong("cumulative, delta or lowmemory");
    };
  }

  /// An export is one request or a few, one after the other, so neither may take longer than
  /// either.
  private static Duration timeout(Map<String, String> environment) {
    Duration request =
        StandardVariable.ofOtlp(environment, "TIMEOUT")
            .map(StandardVariable::millis)
            .orElse(DEFAULT_TIMEOUT);
    return StandardVariable.of(environment, "OTEL_METRIC_EXPORT_TIMEOUT")
        .map(StandardVariable::millis)
        .filter(export -> export.compareTo(request) < 0)
        .orElse(request);
  }

  private static Path file(StandardVariable variable) {
    return Path.of(variable.value());
  }
}
