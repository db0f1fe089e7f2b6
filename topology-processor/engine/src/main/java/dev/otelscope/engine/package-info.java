/// The front door: OTLP bytes go into [Ingest], the graph comes out of [Engine#graph].
///
/// ```
/// bytes ─► dialect ─► observation ─► flow (shards) ─► join ─► assembly ─► GraphPublisher
///                          └───────► entity (index, address book) ─┘
/// ```
///
/// Each name is a package here; each depends only on those to its left.
@NullMarked
package dev.otelscope.engine;

import org.jspecify.annotations.NullMarked;
