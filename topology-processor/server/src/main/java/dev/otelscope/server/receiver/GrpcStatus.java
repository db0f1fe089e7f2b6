package dev.otelscope.server.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.otelscope.otlp.OtlpAnswer;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Base64;

/// How gRPC says how a call ended: in headers after the message, or instead of it.
///
/// Source: <https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md>
final class GrpcStatus {
  static final int OK = 0;
  static final int CANCELLED = 1;
  static final int INVALID_ARGUMENT = OtlpAnswer.INVALID_ARGUMENT;
  static final int RESOURCE_EXHAUSTED = OtlpAnswer.RESOURCE_EXHAUSTED;
  static final int UNIMPLEMENTED = 12;
  static final int UNAVAILABLE = 14;

  private static final AsciiString STATUS = AsciiString.of("grpc-status");
  private static final AsciiString MESSAGE = AsciiString.of("grpc-message");
  private static final AsciiString DETAILS = AsciiString.of("grpc-status-details-bin");
  private static final AsciiString ACCEPT_ENCODING = AsciiString.of("grpc-accept-encoding");
  private static final String CONTENT_TYPE = "application/grpc+proto";

  private GrpcStatus() {}

  /// Headers of any answer.
  static ResponseHeaders headers() {
    return ResponseHeaders.of(
        HttpStatus.OK,
        HttpHeaderNames.CONTENT_TYPE,
        CONTENT_TYPE,
        ACCEPT_ENCODING,
        "identity,gzip");
  }

  /// Trailers of a call that went well.
  static HttpHeaders ok() {
    return HttpHeaders.of(STATUS, Integer.toString(OK));
  }

  /// The whole answer of a call that did not.
  static HttpResponse failed(int code, String message) {
    return failed(code, message, HttpHeaders.of());
  }

  /// The whole answer of a call to be repeated after `delay`. Collectors repeat RESOURCE_EXHAUSTED
  /// only if it says so in this way.
  static HttpResponse retry(String message, Duration delay) {
    String details =
        Base64.getEncoder().withoutPadding().encodeToString(OtlpAnswer.retryStatus(message, delay));
    return failed(RESOURCE_EXHAUSTED, message, HttpHeaders.of(DETAILS, details));
  }

  /// "Trailers-Only": grpc-go takes the status from headers only if they end the stream themselves.
  private static HttpResponse failed(int code, String message, HttpHeaders details) {
    return HttpResponse.of(
        headers().toBuilder()
            .add(STATUS, Integer.toString(code))
            .add(MESSAGE, percentEncoded(message))
            .add(details)
            .endOfStream(true)
            .build());
  }

  static String percentEncoded(String message) {
    StringBuilder encoded = new StringBuilder(message.length());
    for (byte b : message.getBytes(UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(String.format("%02X", b));
      }
    }
    return encoded.toString();
  }
}
