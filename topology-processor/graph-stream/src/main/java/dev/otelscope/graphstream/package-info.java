/// The graph between two processes. [dev.otelscope.graphstream.GraphStreamService] gives a
/// [dev.otelscope.model.GraphSource] out over HTTP, and
/// [dev.otelscope.graphstream.RemoteGraphSource] is that same source in another process.
///
/// ```
/// GET /graph/v1/stream?from=k3x9:41      application/cbor-seq (RFC 8742), gzip if accepted
///
/// item        [kind, final, bytes]       at most 1 MiB of bytes; a longer payload takes several
///                                        items, of which the last is final
/// 0 header    [format, epoch, base]      once, first; base 0: everything comes anew
/// 1 delta     see DeltaWriter            a base of NONE replaces everything
/// 2 heartbeat no bytes                   when there was nothing else for 5 s
/// ```
@NullMarked
package dev.otelscope.graphstream;

import org.jspecify.annotations.NullMarked;
