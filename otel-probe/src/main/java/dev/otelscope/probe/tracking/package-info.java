/// From sockets to series: who owns a socket, which end it is, who is at the other end, and what is
/// counted where.
@NullMarked
package dev.otelscope.probe.tracking;

import org.jspecify.annotations.NullMarked;
