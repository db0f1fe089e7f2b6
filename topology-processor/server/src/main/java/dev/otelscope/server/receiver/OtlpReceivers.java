package dev.otelscope.server.receiver;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import java.util.Locale;
import java.util.function.BiFunction;

/// OTLP/HTTP and OTLP/gRPC for all signals. Both are served wherever they are added: HTTP tells
/// them apart by path.
public final class OtlpReceivers {
  private final RequestCounts counts = new RequestCounts();
  private final Receiver receiver;
  private final Intake intake;

  /// @param ingest takes protobuf bytes, on any thread
  public OtlpReceivers(BiFunction<Signal, byte[], IngestOutcome> ingest, ReceiverLimits limits) {
    receiver = new Receiver(ingest, limits);
    intake = new Intake(counts, limits);
  }

  public void addTo(ServerBuilder server) {
    server.maxRequestLength(0); // Body knows the limit, counts, and answers in OTLP's words
    for (Signal signal : Signal.values()) {
      server.service(
          "/v1/" + signal.name().toLowerCase(Locale.ROOT),
          new OtlpHttpService(signal, receiver, intake));
      server.service(OtlpGrpcService.path(signal), new OtlpGrpcService(signal, receiver, intake));
    }
    server.serviceUnder("/", OtlpReceivers::unknown);
  }

  /// What became of the requests so far.
  public RequestCounts counts() {
    return counts;
  }

  private static HttpResponse unknown(ServiceRequestContext context, HttpRequest request) {
    return OtlpGrpcService.isGrpc(request)
        ? GrpcStatus.failed(GrpcStatus.UNIMPLEMENTED, "unknown method " + request.path())
        : HttpResponse.of(HttpStatus.NOT_FOUND);
  }
}
