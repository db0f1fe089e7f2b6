/// Runtimes that Kubernetes asks, such as containerd and CRI-O, asked in the same way: by its
/// Container Runtime Interface (CRI v1), which is gRPC over a UNIX socket.
@NullMarked
package dev.otelscope.probe.container.cri;

import org.jspecify.annotations.NullMarked;
