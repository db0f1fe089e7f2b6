package dev.otelscope.probe.emission;

import static dev.otelscope.probe.emission.OtlpSignal.LOGS;
import static dev.otelscope.probe.emission.OtlpSignal.METRICS;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where the probe sends to, and how, as the standard variables `OTEL_EXPORTER_OTLP_…` say it;
/// those with `METRICS_` (of logs `LOGS_`) in their name are stronger.
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
        withPath(base, METRICS.path()),
        Protocol.HTTP_PROTOBUF,
        Map.of(),
        true,
        DEFAULT_TIMEOUT,
        TemporalityPreference.CUMULATIVE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Where metrics go: what the environment says; the receiver on this machine when it says
  /// nothing.
  ///
  /// @throws IllegalArgumentException naming the variable and what it may be
  public static ReceiverTarget fromEnvironment(Map<String, String> environment) {
    StandardVariable.of(environment, "OTEL_METRICS_EXPORTER").ifPresent(ReceiverTarget::checkOtlp);
    ReceiverTarget target = read(environment, METRICS);
    return target.withTimeout(
        StandardVariable.of(environment, "OTEL_METRIC_EXPORT_TIMEOUT")
            .map(StandardVariable::millis)
            .filter(export -> export.compareTo(target.timeout) < 0)
            .orElse(target.timeout));
  }

  /// Where logs go: what the environment says of them. Says it where metrics go and nothing of
  /// anything else, logs go there, too.
  ///
  /// @return empty when they go nowhere
  /// @throws IllegalArgumentException naming the variable and what it may be
  public static Optional<ReceiverTarget> ofLogs(Map<String, String> environment) {
    Optional<StandardVariable> exporter = StandardVariable.of(environment, "OTEL_LOGS_EXPORTER");
    if (exporter.isPresent() && !isWanted(exporter.get())) {
      return Optional.empty();
    }
    boolean withMetrics =
        StandardVariable.ofOtlp(environment, LOGS, "ENDPOINT").isEmpty()
            && StandardVariable.ofOtlp(environment, METRICS, "ENDPOINT").isPresent();
    return Optional.of(
        withMetrics ? fromEnvironment(environment).forLogs() : read(environment, LOGS));
  }

  private static boolean isWanted(StandardVariable logsExporter) {
    return switch (logsExporter.word()) {
      case "otlp" -> true;
      case "none" -> false;
      default -> throw logsExporter.wrong("otlp or none");
    };
  }

  /// The same receiver in the same way, where it takes logs.
  public ReceiverTarget forLogs() {
    String path = endpoint.toString();
    URI logs =
        path.endsWith(METRICS.path())
            ? URI.create(path.substring(0, path.length() - METRICS.path().length()) + LOGS.path())
            : endpoint;
    return new ReceiverTarget(
        logs,
        protocol,
        headers,
        gzip,
        timeout,
        temporality,
        trustedCertificates,
        clientCertificate,
        clientKey);
  }

  private static ReceiverTarget read(Map<String, String> environment, OtlpSignal signal) {
    Function<String, Optional<StandardVariable>> variable =
        suffix -> StandardVariable.ofOtlp(environment, signal, suffix);
    Protocol protocol =
        variable.apply("PROTOCOL").map(ReceiverTarget::protocol).orElse(Protocol.HTTP_PROTOBUF);
    return new ReceiverTarget(
        endpoint(environment, signal, protocol),
        protocol,
        variable.apply("HEADERS").map(KeyValues::parse).orElse(Map.of()),
        variable.apply("COMPRESSION").map(ReceiverTarget::isGzip).orElse(true),
        variable.apply("TIMEOUT").map(StandardVariable::millis).orElse(DEFAULT_TIMEOUT),
        variable
            .apply("TEMPORALITY_PREFERENCE")
            .map(ReceiverTarget::temporality)
            .orElse(TemporalityPreference.CUMULATIVE),
        variable.apply("CERTIFICATE").map(ReceiverTarget::file),
        variable.apply("CLIENT_CERTIFICATE").map(ReceiverTarget::file),
        variable.apply("CLIENT_KEY").map(ReceiverTarget::file));
  }

  /// An export is one request or a few, one after the other, so neither may take longer than
  /// either.
  private ReceiverTarget withTimeout(Duration shorter) {
    return new ReceiverTarget(
        endpoint,
        protocol,
        headers,
        gzip,
        shorter,
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

  private static URI endpoint(
      Map<String, String> environment, OtlpSignal signal, Protocol protocol) {
    Optional<URI> ofSignal =
        StandardVariable.of(environment, "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT")
            .map(ReceiverTarget::uri);
    if (ofSignal.isPresent()) {
      return ofSignal.get();
    }
    Optional<URI> base =
        StandardVariable.of(environment, "OTEL_EXPORTER_OTLP_ENDPOINT").map(ReceiverTarget::uri);
    return switch (protocol) {
      case GRPC -> base.orElse(URI.create("http://localhost:4317"));
      case HTTP_PROTOBUF ->
          withPath(base.orElse(URI.create("http://localhost:4318")), signal.path());
    };
  }

  private static URI withPath(URI base, String path) {
    String text = base.toString();
    return URI.create(text.endsWith("/") ? text + path : text + "/" + path);
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

  private static Path file(StandardVariable variable) {
    return Path.of(variable.value());
  }
}
