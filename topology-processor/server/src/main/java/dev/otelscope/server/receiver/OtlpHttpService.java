package dev.otelscope.server.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.otelscope.otlp.OtlpAnswer;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.Receiver.Format;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// OTLP/HTTP for one signal: protobuf or JSON, gzip or plain.
///
/// Senders repeat 429, 502, 503 and 504 only, and heed `Retry-After`; whatever else is not 2xx they
/// drop. Source: <https://opentelemetry.io/docs/specs/otlp/#otlphttp-response>
final class OtlpHttpService extends AbstractHttpService {
  private static final MediaType PROTOBUF = MediaType.create("application", "x-protobuf");
  private static final MediaType JSON = MediaType.JSON;
  private static final byte[] EMPTY_JSON = {'{', '}'};

  private final Signal signal;
  private final Receiver receiver;
  private final Intake intake;

  OtlpHttpService(Signal signal, Receiver receiver, Intake intake) {
    this.signal = signal;
    this.receiver = receiver;
    this.intake = intake;
  }

  @Override
  protected HttpResponse doPost(ServiceRequestContext context, HttpRequest request) {
    Format format = formatOf(request.contentType());
    if (format == null) {
      return reply(
          Format.JSON,
          unsupported("content-type must be application/x-protobuf or application/json"));
    }
    String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    boolean gzip = encoding.equalsIgnoreCase("gzip");
    if (!gzip && !encoding.equalsIgnoreCase("identity")) {
      return reply(
          format, unsupported("content-encoding must be gzip or identity, not " + encoding));
    }
    return HttpResponse.of(
        intake
            .take(
                context,
                request,
                Transport.HTTP,
                signal,
                body -> receiver.receive(signal, format, gzip, body))
            .thenApply(answer -> reply(format, answer)));
  }

  private Answer unsupported(String problem) {
    return intake.counted(Transport.HTTP, signal, new Answer.Unsupported(problem));
  }

  private HttpResponse reply(Format format, Answer answer) {
    return switch (answer) {
      case Answer.Accepted() ->
          reply(HttpStatus.OK, format, format == Format.JSON ? EMPTY_JSON : OtlpAnswer.success());
      case Answer.Partial(long rejected, String reason) ->
          reply(
              HttpStatus.OK,
              format,
              format == Format.JSON
                  ? OtlpAnswer.partialSuccessJson(signal, rejected, reason)
                  : OtlpAnswer.partialSuccess(rejected, reason));
      case Answer.Refused(Duration retryAfter) ->
          HttpResponse.of(
              headers(HttpStatus.TOO_MANY_REQUESTS, format)
                  .set(HttpHeaderNames.RETRY_AFTER, Long.toString(wholeSeconds(retryAfter)))
                  .build(),
              HttpData.wrap(status(format, GrpcStatus.RESOURCE_EXHAUSTED, Answer.Refused.REASON)));
      case Answer.Malformed(String problem) ->
          reply(HttpStatus.BAD_REQUEST, format, GrpcStatus.INVALID_ARGUMENT, problem);
      case Answer.TooLarge(String limit) ->
          reply(HttpStatus.REQUEST_ENTITY_TOO_LARGE, format, GrpcStatus.RESOURCE_EXHAUSTED, limit);
      case Answer.Unsupported(String problem) ->
          reply(HttpStatus.UNSUPPORTED_MEDIA_TYPE, format, GrpcStatus.INVALID_ARGUMENT, problem);
      case Answer.Abandoned() ->
          reply(HttpStatus.BAD_REQUEST, format, GrpcStatus.CANCELLED, "incomplete");
      case Answer.Failed() ->
          reply(
              HttpStatus.SERVICE_UNAVAILABLE, format, GrpcStatus.UNAVAILABLE, Answer.Failed.REASON);
    };
  }

  private static HttpResponse reply(HttpStatus http, Format format, int code, String message) {
    return reply(http, format, status(format, code, message));
  }

  private static HttpResponse reply(HttpStatus http, Format format, byte[] body) {
    return HttpResponse.of(headers(http, format).build(), HttpData.wrap(body));
  }

  private static ResponseHeadersBuilder headers(HttpStatus status, Format format) {
    return ResponseHeaders.builder(status)
        .contentType(
            switch (format) {
              case PROTOBUF -> PROTOBUF;
              case JSON -> JSON;
            });
  }

  private static byte[] status(Format format, int code, String message) {
    return switch (format) {
      case PROTOBUF -> OtlpAnswer.status(code, message);
      case JSON -> OtlpAnswer.statusJson(code, message);
    };
  }

  private static @Nullable Format formatOf(@Nullable MediaType type) {
    if (type == null) {
      return null;
    }
    if (type.is(PROTOBUF)) {
      return Format.PROTOBUF;
    }
    return type.isJson() ? Format.JSON : null;
  }

  private static long wholeSeconds(Duration delay) {
    return Math.max(1, delay.plusMillis(999).toSeconds());
  }
}
