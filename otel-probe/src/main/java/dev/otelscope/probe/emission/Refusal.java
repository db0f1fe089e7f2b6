package dev.otelscope.probe.emission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why a request was not accepted.
///
/// @param reason for a person, with what to do where that is known
/// @param forGood whether the same data would be refused again, so that they are not sent again
/// @param rest how long the receiver wants to be left alone
/// @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP, failures</a>
record Refusal(String reason, boolean forGood, Duration rest) {
  static final Refusal UNKNOWN = new Refusal("it is not known why", false, Duration.ZERO);

  private static final String WANTS_CERTIFICATE =
      "it wants a client certificate that it trusts: let OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and"
          + " OTEL_EXPORTER_OTLP_CLIENT_KEY name PEM files";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final int LONGEST_WORDS = 300;
  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;

  /// An answer that is no yes. Data are refused for good only where the answer is about them: a
  /// wrong path or token is put right by somebody, and what was missed then is still wanted.
  ///
  /// @param retryAfter the header, in seconds or a date
  static Refusal ofHttp(
      int status, String phrase, byte[] body, @Nullable String retryAfter, Instant now) {
    String words = new String(body, 0, Math.min(body.length, LONGEST_WORDS), UTF_8).strip();
    return new Refusal(
        "HTTP " + status + " " + phrase + (words.isEmpty() ? "" : ": " + words) + hint(status),
        status == BAD_REQUEST || status == CONTENT_TOO_LARGE,
        Optional.ofNullable(retryAfter).map(text -> rest(text, now)).orElse(Duration.ZERO));
  }

  private static String hint(int status) {
    return switch (status) {
      case 401, 403 -> " (is OTEL_EXPORTER_OTLP_HEADERS right?)";
      case 404, 405 -> " (is the path of OTEL_EXPORTER_OTLP_ENDPOINT right?)";
      case CONTENT_TOO_LARGE -> " (raise the receiver's limit of a request's size)";
      default -> "";
    };
  }

  private static Duration rest(String retryAfter, Instant now) {
    String text = retryAfter.strip();
    try {
      if (SECONDS.matcher(text).matches()) {
        return Duration.ofSeconds(Long.parseLong(text));
      }
      Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeException e) {
      return Duration.ZERO; // a receiver may answer whatever it likes
    }
  }

  static Refusal ofGrpc(GrpcResponse answer) {
    GrpcStatusCode code = answer.getStatusCode();
    String words = answer.getStatusDescription();
    String hint = code == GrpcStatusCode.UNAUTHENTICATED ? hint(401) : "";
    return new Refusal(
        "gRPC " + code + (words == null || words.isEmpty() ? "" : ": " + words) + hint,
        code == GrpcStatusCode.INVALID_ARGUMENT,
        Duration.ZERO);
  }

  /// No answer came.
  ///
  /// @param secure whether it was asked over TLS
  static Refusal ofSilence(Throwable failure, boolean secure) {
    return new Refusal(sentence(failure, secure), false, Duration.ZERO);
  }

  private static String sentence(Throwable failure, boolean secure) {
    String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> known = known(cause, String.valueOf(cause.getMessage()));
      if (known.isPresent()) {
        return known.get() + " (" + said + ")";
      }
    }
    // Who refuses a client's certificate may end the connection before that can be read.
    return secure ? "the connection ended; if " + WANTS_CERTIFICATE + " (" + said + ")" : said;
  }

  private static Optional<String> known(Throwable cause, String message) {
    return switch (cause) {
      case ConnectException _ -> Optional.of("nobody takes connections there");
      case UnknownHostException _ -> Optional.of("there is no host of that name");
      case SocketTimeoutException _ ->
          Optional.of("it did not answer in time, which OTEL_EXPORTER_OTLP_TIMEOUT says");
      case SSLException tls -> tls(message.toLowerCase(Locale.ROOT));
      default -> Optional.empty();
    };
  }

  private static Optional<String> tls(String message) {
    if (message.contains("certification path") || message.contains("pkix")) {
      return Optional.of(
          "its certificate is not trusted here: let OTEL_EXPORTER_OTLP_CERTIFICATE name a PEM file"
              + " with the authority that signed it");
    }
    if (message.contains("fatal alert") && message.contains("certificate")) {
      return Optional.of(WANTS_CERTIFICATE);
    }
    if (message.contains("not verified")
        || message.contains("no name matching")
        || message.contains("no subject alternative")) {
      return Optional.of(
          "its certificate is of another name: OTEL_EXPORTER_OTLP_ENDPOINT must use one that it"
              + " has");
    }
    if (message.contains("unrecognized ssl message") || message.contains("unsupported")) {
      return Optional.of("it speaks no TLS: http:// instead of https:// may be right");
    }
    return Optional.empty();
  }
}
