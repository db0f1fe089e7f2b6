package dev.otelscope.server.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.otelscope.otlp.OtlpAnswer;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.Receiver.Format;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import java.time.Duration;
import java.util.Locale;

/// OTLP/gRPC for one signal: the unary method `Export`, spoken directly over HTTP/2.
///
/// Collectors repeat RESOURCE_EXHAUSTED with a `RetryInfo` and UNAVAILABLE; whatever else is not OK
/// they drop. Source: <https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-response>
final class OtlpGrpcService extends AbstractHttpService {
  private final Signal signal;
  private final Receiver receiver;
  private final Intake intake;

  OtlpGrpcService(Signal signal, Receiver receiver, Intake intake) {
    this.signal = signal;
    this.receiver = receiver;
    this.intake = intake;
  }

  /// Where the method is served, such as
  /// `/opentelemetry.proto.collector.metrics.v1.MetricsService/Export`.
  static String path(Signal signal) {
    String service =
        switch (signal) {
          case METRICS -> "metrics.v1.MetricsService";
          case LOGS -> "logs.v1.LogsService";
          case TRACES -> "trace.v1.TraceService";
        };
    return "/opentelemetry.proto.collector." + service + "/Export";
  }

  static boolean isGrpc(HttpRequest request) {
    MediaType type = request.contentType();
    return type != null
        && (type.is(MediaType.create("application", "grpc"))
            || type.is(MediaType.create("application", "grpc+proto")));
  }

  @Override
  protected HttpResponse doPost(ServiceRequestContext context, HttpRequest request) {
    if (!isGrpc(request)) {
      intake.counted(Transport.GRPC, signal, new Answer.Unsupported("content-type"));
      return HttpResponse.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          MediaType.PLAIN_TEXT_UTF_8,
          "content-type must be application/grpc");
    }
    String encoding = request.headers().get("grpc-encoding", "identity").toLowerCase(Locale.ROOT);
    boolean gzip = encoding.equals("gzip");
    if (!gzip && !encoding.equals("identity")) {
      return reply(
          intake.counted(
              Transport.GRPC,
              signal,
              new Answer.Unsupported("grpc-encoding must be gzip or identity, not " + encoding)));
    }
    return HttpResponse.of(
        intake
            .take(context, request, Transport.GRPC, signal, body -> receive(body, gzip))
            .thenApply(OtlpGrpcService::reply));
  }

  private Answer receive(byte[] body, boolean gzip) {
    try {
      GrpcMessage message = GrpcMessage.read(body);
      if (message.compressed() && !gzip) {
        return new Answer.Malformed("byte 0: a compressed message without grpc-encoding");
      }
      return receiver.receive(signal, Format.PROTOBUF, message.compressed(), message.bytes());
    } catch (GrpcMessage.MalformedFrameException e) {
      return new Answer.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse reply(Answer answer) {
    return switch (answer) {
      case Answer.Accepted() -> message(OtlpAnswer.success());
      case Answer.Partial(long rejected, String reason) ->
          message(OtlpAnswer.partialSuccess(rejected, reason));
      case Answer.Refused(Duration retryAfter) ->
          GrpcStatus.retry(Answer.Refused.REASON, retryAfter);
      case Answer.Malformed(String problem) ->
          GrpcStatus.failed(GrpcStatus.INVALID_ARGUMENT, problem);
      case Answer.TooLarge(String limit) -> GrpcStatus.failed(GrpcStatus.RESOURCE_EXHAUSTED, limit);
      case Answer.Unsupported(String problem) ->
          GrpcStatus.failed(GrpcStatus.UNIMPLEMENTED, problem);
      case Answer.Abandoned() -> GrpcStatus.failed(GrpcStatus.CANCELLED, "incomplete");
      case Answer.Failed() -> GrpcStatus.failed(GrpcStatus.UNAVAILABLE, Answer.Failed.REASON);
    };
  }

  private static HttpResponse message(byte[] message) {
    return HttpResponse.of(
        GrpcStatus.headers(), HttpData.wrap(GrpcMessage.frame(message)), GrpcStatus.ok());
  }
}
