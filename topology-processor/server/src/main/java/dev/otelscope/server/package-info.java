/// The topology processor as a program: [dev.otelscope.server.Processor] puts its parts together,
/// `receiver` takes OTLP in, `graph-stream` gives the graph out.
@NullMarked
package dev.otelscope.server;

import org.jspecify.annotations.NullMarked;
