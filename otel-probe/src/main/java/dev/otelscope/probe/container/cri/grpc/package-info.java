/// As much of gRPC, and of HTTP/2 below it, as plain questions and answers over a UNIX socket need.
@NullMarked
package dev.otelscope.probe.container.cri.grpc;

import org.jspecify.annotations.NullMarked;
