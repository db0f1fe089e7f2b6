/// OTLP receivers: what the transports have in common is [dev.otelscope.server.receiver.Receiver],
/// which knows neither HTTP nor gRPC; the two services around it only translate.
///
/// ```
/// HTTP request ─► OtlpHttpService ─┐
///                                  ├─► Receiver ─► Ingest (engine)
/// gRPC request ─► OtlpGrpcService ─┘       └─► Answer ─► the same service
/// ```
@NullMarked
package dev.otelscope.server.receiver;

import org.jspecify.annotations.NullMarked;
