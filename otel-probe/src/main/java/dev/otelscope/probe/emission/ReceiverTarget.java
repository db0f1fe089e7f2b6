package dev.otelscope.probe.emission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where the probe sends to, and how, as the standard variables `OTEL_EXPORTER_OTLP_…` say it;
/// those with `METRICS_` in their name are stronger.
///
/// @param endpoint of HTTP with its path, of gRPC without
/// @param trustedCertificates PEM file, else those that Java trusts
/// @param clientKey PEM file, for mTLS together with the certificate
/// @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OTLP exporter</a>
public record ReceiverTarget(
    URI endpoint,
    Protocol protocol,
    Map<String, String> headers,
    boolean gzip,
    Duration timeout,
    Optional<Path> trustedCertificates,
    Optional<Path> clientCertificate,
    Optional<Path> clientKey) {

  /// How OTLP travels.
  public enum Protocol {
    HTTP_PROTOBUF,
    GRPC
  }

  private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
  private static final String METRICS_PATH = "v1/metrics";
  private static final String LOGS_PATH = "v1/logs";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  public ReceiverTarget {
    requireNonNull(protocol, "protocol");
    headers = Map.copyOf(headers);
    String scheme = String.valueOf(endpoint.getScheme());
    if ((!scheme.equals("http") && !scheme.equals("https")) || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "the OTLP endpoint must be a URL like http://127.0.0.1:4318, not '" + endpoint + "'");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the OTLP timeout must be positive, not " + timeout);
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
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// What the environment says; the receiver on this machine when it says nothing.
  ///
  /// @throws IllegalArgumentException naming the variable and what it may be
  public static ReceiverTarget fromEnvironment(Map<String, String> environment) {
    Protocol protocol = protocol(value(environment, "PROTOCOL").orElse("http/protobuf"));
    return new ReceiverTarget(
        endpoint(environment, protocol),
        protocol,
        headers(value(environment, "HEADERS").orElse("")),
        isGzip(value(environment, "COMPRESSION").orElse("gzip")),
        value(environment, "TIMEOUT").map(ReceiverTarget::timeout).orElse(DEFAULT_TIMEOUT),
        value(environment, "CERTIFICATE").map(Path::of),
        value(environment, "CLIENT_CERTIFICATE").map(Path::of),
        value(environment, "CLIENT_KEY").map(Path::of));
  }

  /// Where logs go: to the same receiver in the same way, unless the environment says another
  /// address for them.
  ///
  /// @throws IllegalArgumentException naming the variable and what it may be
  public ReceiverTarget forLogs(Map<String, String> environment) {
    String own = environment.getOrDefault(PREFIX + "LOGS_ENDPOINT", "").strip();
    String path = endpoint.toString();
    URI logs =
        path.endsWith(METRICS_PATH)
            ? URI.create(path.substring(0, path.length() - METRICS_PATH.length()) + LOGS_PATH)
            : endpoint;
    return new ReceiverTarget(
        own.isEmpty() ? logs : uri("LOGS_ENDPOINT", own),
        protocol,
        headers,
        gzip,
        timeout,
        trustedCertificates,
        clientCertificate,
        clientKey);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    String specific = environment.getOrDefault(PREFIX + "METRICS_" + name, "").strip();
    String general = environment.getOrDefault(PREFIX + name, "").strip();
    String value = specific.isEmpty() ? general : specific;
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static URI endpoint(Map<String, String> environment, Protocol protocol) {
    String specific = environment.getOrDefault(PREFIX + "METRICS_ENDPOINT", "").strip();
    if (!specific.isEmpty()) {
      return uri("METRICS_ENDPOINT", specific);
    }
    return switch (protocol) {
      case GRPC -> uri("ENDPOINT", value(environment, "ENDPOINT").orElse("http://localhost:4317"));
      case HTTP_PROTOBUF ->
          withMetricsPath(
              uri("ENDPOINT", value(environment, "ENDPOINT").orElse("http://localhost:4318")));
    };
  }

  private static URI withMetricsPath(URI base) {
    String text = base.toString();
    return URI.create(text.endsWith("/") ? text + METRICS_PATH : text + "/" + METRICS_PATH);
  }

  private static URI uri(String variable, String value) {
    try {
      return URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          PREFIX + variable + " must be a URL like http://127.0.0.1:4318, not '" + value + "'", e);
    }
  }

  private static Protocol protocol(String value) {
    return switch (value) {
      case "http/protobuf" -> Protocol.HTTP_PROTOBUF;
      case "grpc" -> Protocol.GRPC;
      default ->
          throw new IllegalArgumentException(
              PREFIX + "PROTOCOL must be http/protobuf or grpc, not '" + value + "'");
    };
  }

  private static boolean isGzip(String value) {
    return switch (value) {
      case "gzip" -> true;
      case "none" -> false;
      default ->
          throw new IllegalArgumentException(
              PREFIX + "COMPRESSION must be gzip or none, not '" + value + "'");
    };
  }

  private static Duration timeout(String millis) {
    try {
      return Duration.ofMillis(Long.parseLong(millis));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          PREFIX + "TIMEOUT must be a number of milliseconds, not '" + millis + "'", e);
    }
  }

  /// `name=value,name=value`, percent-encoded.
  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException(
            PREFIX + "HEADERS must be like name=value,name=value, but has '" + part.strip() + "'");
      }
      // URLDecoder takes a plus for a space, which these are not.
      String value = part.substring(equals + 1).strip().replace("+", "%2B");
      headers.put(part.substring(0, equals).strip(), URLDecoder.decode(value, UTF_8));
    }
    return headers;
  }
}
