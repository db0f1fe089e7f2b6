/// Processes as `/proc` shows them, and which of them holds which socket.
@NullMarked
package dev.otelscope.probe.process;

import org.jspecify.annotations.NullMarked;
